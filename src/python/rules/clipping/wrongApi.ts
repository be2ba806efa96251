/**
 * FC107 Clipping past the wrapper.
 *
 * Source: FSDP's documentation (the torch function sees the local shard only), accelerate and Fabric (they unscale
 * first), DeepSpeed (the engine keeps gradients of its own and clips by its config). FSDP2 works with the torch function.
 */
import * as l10n from '@vscode/l10n';
import { replaceNode } from '../../edit/insert';
import { inOtherBranch } from '../../clipping/indirect';
import { frameworkAt } from '../../model/framework';
import { lastBackward } from '../../model/lastBackward';
import { isInside, spelled } from '../../model/nodes';
import { modelOfParameters } from '../../model/optimizers';
import type { Script } from '../../model/script';
import type { UpdatePoint } from '../../model/updatePoints';
import type { Node } from '../../parser';
import { isConditional } from '../around';
import type { CodeRule, Fix, Found } from '../rule';
import { clipsOf, type Clip } from './clips';

const messages = {
  fsdp1: (clip: string) =>
    l10n.t(
      '`{0}` sees only the local shard of an FSDP model. Call clip_grad_norm_ of the FSDP module itself.',
      clip,
    ),
  accelerate: (clip: string) =>
    l10n.t(
      "`{0}` does not unscale the gradients that accelerate has scaled. Use the accelerator's own.",
      clip,
    ),
  fabric: (clip: string) =>
    l10n.t('`{0}` does not unscale the gradients that Fabric has scaled. Use fabric.clip_gradients.', clip),
  deepspeed: (clip: string) =>
    l10n.t(
      '`{0}` has no effect on what the DeepSpeed engine steps with. Set gradient_clipping in its config instead.',
      clip,
    ),
};

export const wrongClip: CodeRule = {
  code: 'FC107',
  title: 'Clipping past the wrapper',
  words: /clip_grad/,
  check(script) {
    const clips = clipsOf(script);
    const torch = clips.filter(({ by }) => by === 'torch');
    // A script that knows both chooses between them.
    if (torch.length === 0 || torch.length < clips.length) return [];
    return torch.flatMap((clip) => {
      const place = placeOf(clip, script);
      return place ? [found(clip, place, script)] : [];
    });
  },
};

interface Place {
  kind: keyof typeof messages;
  /** What makes the gradients there: `accelerator`, `fabric`. */
  by: Node | null;
  optimizer: Node | null;
}

/** The wrapper that a clip is under, from what makes the gradients before it and steps after it. */
function placeOf({ node }: Clip, script: Script): Place | null {
  const after = ({ statement, scope }: UpdatePoint): boolean =>
    isInside(node, scope) && statement.startIndex > node.startIndex && !inOtherBranch(node, statement);
  const point = script.updatePoints.find(after);
  if (!point) return engineAround(node, script);
  const backward = lastBackward(point, script);
  const framework = frameworkAt(point, script);
  const between = backward !== undefined && backward.at.startIndex < node.startIndex;
  if (!between || inOtherBranch(node, backward.at)) return null;
  if (framework === 'fsdp1') {
    const wraps = script.wrappers.filter(({ kind }) => kind === 'fsdp1');
    return wraps.some(({ call }) => isConditional(call.node))
      ? null
      : { kind: 'fsdp1', by: null, optimizer: null };
  }
  return framework === 'accelerate' || framework === 'fabric'
    ? { kind: framework, by: backward.call.receiver, optimizer: point.optimizer }
    : null;
}

/** `engine.backward(loss)`, the clip, `engine.step()`. */
function engineAround(node: Node, script: Script): Place | null {
  if (!script.wrappers.some(({ kind }) => kind === 'deepspeed')) return null;
  const steps = script.calls.some((step) => {
    if (step.name !== 'step' || !step.receiver || step.node.startIndex < node.startIndex) return false;
    const engine = spelled(step.receiver);
    return script.backwards.some(
      ({ receiver, call }) =>
        receiver === engine &&
        call.node.startIndex < node.startIndex &&
        !inOtherBranch(call.node, node) &&
        !inOtherBranch(step.node, node),
    );
  });
  return steps ? { kind: 'deepspeed', by: null, optimizer: null } : null;
}

function found(clip: Clip, place: Place, script: Script): Found {
  return {
    at: clip.call.callee,
    severity: 'warning',
    message: messages[place.kind](clip.call.callee.text),
    fix: fixOf(clip, place, script),
  };
}

function fixOf({ call, how, bound }: Clip, { kind, by, optimizer }: Place, script: Script): Fix | undefined {
  if (kind === 'accelerate' && by) {
    const name = `${by.text}.${how === 'norm' ? 'clip_grad_norm_' : 'clip_grad_value_'}`;
    return { title: l10n.t('Use `{0}`', name), edits: [replaceNode(call.callee, name)], safe: false };
  }
  const model = modelOfParameters(call.args()[0]?.value ?? null);
  if (!model || !bound || how === 'value' || call.args().length !== 2) return undefined;
  if (kind === 'fabric' && by && optimizer) {
    const name = `${by.text}.clip_gradients`;
    const text = `${name}(${model.text}, ${optimizer.text}, max_norm=${bound.value.text})`;
    return { title: l10n.t('Use `{0}`', name), edits: [replaceNode(call.node, text)], safe: false };
  }
  const wrapped = script.wrappers.some((one) => one.kind === 'fsdp1' && one.target === spelled(model));
  if (kind !== 'fsdp1' || !wrapped) return undefined;
  const text = `${model.text}.clip_grad_norm_(${bound.value.text})`;
  return {
    title: l10n.t('Use `{0}.clip_grad_norm_`', model.text),
    edits: [replaceNode(call.node, text)],
    safe: false,
  };
}
