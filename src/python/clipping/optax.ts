import * as l10n from '@vscode/l10n';
import { addFirst } from '../edit/arguments';
import { moduleNamed } from '../edit/imports';
import { insertAfterNode, insertBeforeNode } from '../edit/insert';
import type { Call } from '../model/call';
import type { Script } from '../model/script';
import { isChainedLater, transforms } from '../optax';
import { refuse, type Proposal } from '../proposal';
import { MAX_NORM } from './bound';

/** The transform is edited, not the loop: clipping first, so that what follows sees bounded gradients. */
export function clipInOptax(script: Script): Proposal[] {
  const clip = script.calls.find(({ path }) =>
    /^optax\.(clip|adaptive_grad_clip|per_example_.*clip)/.test(path),
  );
  return transforms(script)
    .filter((call) => !isChainedLater(call, script))
    .map((call) => {
      if (!clip) return clipTransform(call, script);
      return refuse(
        call.node,
        l10n.t('gradients are clipped already in line {0}', clip.node.startPosition.row + 1),
      );
    });
}

function clipTransform(call: Call, script: Script): Proposal {
  const { name: optax, edits } = moduleNamed('optax', 'import optax', script);
  const clip = `${optax}.clip_by_global_norm(${MAX_NORM})`;
  const title = l10n.t('Clip gradients to norm {0} first in `{1}`', MAX_NORM, call.callee.text);
  const many = (count: number): string =>
    l10n.t('Clip gradients to norm {0} in {1} optax transforms', MAX_NORM, count);
  const written =
    call.path === 'optax.chain'
      ? addFirst(call.node.childForFieldName('arguments')!, clip, script.text)
      : [insertBeforeNode(call.node, `${optax}.chain(${clip}, `), insertAfterNode(call.node, ')')];
  return { anchor: call.node, outcome: { edits: [...edits, ...written], value: MAX_NORM, title, many } };
}
