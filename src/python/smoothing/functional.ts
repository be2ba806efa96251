import * as l10n from '@vscode/l10n';
import { argument, type Call } from '../model/call';
import { phaseOf } from '../model/phase';
import type { Script } from '../model/script';
import { refuse, type Proposal } from '../proposal';
import { inPlace, servesBoth, unfitCall } from './criterion';
import { servesBothPhases } from './shared';

const softTarget = /soft|teacher|prob|mixed|one_?hot/i;

/** `F.cross_entropy(logits, labels)`, where it stands in the training. */
export function smoothFunctional(call: Call, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(call.node, reason);
  const reason = unfitCall(call);
  if (reason) return no(reason);
  const target = argument(call, 'target', 1);
  if (target && softTarget.test(target.value.text))
    return no(
      l10n.t('the targets of line {0} are soft already ({1}): do not smooth twice', line, target.value.text),
    );
  if (servesBothPhases(call.node, script)) return no(servesBoth(call.node));
  const phase = phaseOf(call.node, script);
  if (phase === 'validation')
    return no(l10n.t('the loss of line {0} validates: smoothed, it could not be compared any more', line));
  if (phase === 'unknown')
    return no(
      l10n.t(
        'whether the loss of line {0} trains or validates is not clear: smooth the training loss only',
        line,
      ),
    );
  return inPlace(call, script);
}
