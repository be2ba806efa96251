import { importsModule } from '../model/framework';
import { numberOf, isInside } from '../model/nodes';
import { callsIn, type Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import { within } from '../model/within';
import type { Node } from '../parser';

/** Calls that mean "this already clips", in any of the wrappers people use. */
const clipCall =
  /^(clip_grad_norm_?|clip_grad_value_|clip_gradients?_?|dispatch_clip_grad|adaptive_clip_grad|clip_grads_and_collect_metrics|clip_grads?_?(norm)?_?|clip_by_global_norm|(gradient|grad)_clip(ping)?)$/;
const clipWord = /clip_grad|max_grad_norm|clip_norm|gradient_clip_val|clipnorm/;
const clipKeyword = /^(clip_grad|max_grad_norm|clip_norm|gradient_clip_val|clipnorm|global_clipnorm)$/;

/** A call in a scope that clips, before the step and after the gradients that it is for. */
export function clipBefore(point: UpdatePoint, backward: Node, script: Script): Node | undefined {
  // With several steps in one function a clip counts only for the step whose backward it follows.
  const clips = clipsIn(point.scope, script);
  if (clips.length === 0) return undefined;
  const alone = script.updatePoints.filter(({ statement }) => isInside(statement, point.scope)).length <= 1;
  return clips.find(
    ({ startIndex }) =>
      startIndex < point.statement.startIndex && (alone || startIndex > backward.startIndex),
  );
}

/** All calls within a node that clip gradients. */
export function clipsIn(scope: Node, script: Script): Node[] {
  const imported = script.imports.nameFor('torch.nn.utils.clip_grad_norm_');
  // SpeechBrain's check of the gradients clips them, at max_grad_norm.
  const checks = importsModule(script, 'speechbrain');
  return callsIn(script, scope)
    .filter(
      ({ name, path }) =>
        clipCall.test(name) ||
        name === imported ||
        path.endsWith('.clip_grad_norm_') ||
        (checks && name === 'check_gradients'),
    )
    .map(({ node }) => node);
}

/** `p.grad.data.clamp_(-1, 1)`, `p.grad.mul_(scale)`: someone bounds the gradients without the usual call. */
export function clippedByHand(
  { scope, statement }: UpdatePoint,
  backward: Node,
  script: Script,
): Node | undefined {
  const written = writesGradients(scope, script).find(
    ({ startIndex }) => startIndex > backward.startIndex && startIndex < statement.startIndex,
  );
  if (written) return written;
  return callsIn(script, scope).find(
    (call) =>
      /^(clamp_?|mul_|div_|renorm_|copy_)$/.test(call.name) &&
      !(/^(mul_|div_)$/.test(call.name) && average.test(call.node.text)) &&
      /\.grad(\.data)?\.\w+$/.test(call.callee.text) &&
      call.node.startIndex > backward.startIndex &&
      call.node.startIndex < statement.startIndex,
  )?.node;
}

/** What gradients are divided by for a mean over processes, batches or tasks. */
const average = /world|size|accum|replica|num_|batch|scale\b/i;

/** `p.grad *= scale`, `p.grad = p.grad.clamp(-1, 1)`; an average over processes or batches is none. */
export function writesGradients(scope: Node, { assignments, augmented }: Script): Node[] {
  const scaled = within(augmented, scope).filter(
    ({ target, node, value }) =>
      /\.grad(\.data)?$/.test(target) &&
      /^[^=]*(\*=|\/=)/.test(node.text) &&
      !average.test(node.text.includes('/=') ? value.text : ''),
  );
  const set = within(assignments, scope).filter(
    ({ target, value }) => /\.grad(\.data)?$/.test(target) && /cla?mp|clip|\*|\//.test(value.text),
  );
  return [...scaled, ...set].map(({ node }) => node);
}

/** A keyword argument that makes a wrapper clip (timm's scaler, a trainer of the project's own). */
export function clippingKeyword(script: Script): Node | undefined {
  // The arguments of all calls are read only in a file that says such a word at all.
  if (!clipWord.test(script.text.source)) return undefined;
  for (const call of script.calls) {
    const found = call.args().find(({ name, value }) => {
      return name !== null && clipKeyword.test(name) && !isOff(value);
    });
    if (found) return found.node;
  }
  return undefined;
}

/** Zero and None switch a bound off wherever frameworks take one. */
export function isOff(value: Node): boolean {
  return value.type === 'none' || numberOf(value) === 0;
}
