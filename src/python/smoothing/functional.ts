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
    return no(`the targets of line ${line} are soft already (${target.value.text}): do not smooth twice`);
  if (servesBothPhases(call.node, script)) return no(servesBoth(call.node));
  const phase = phaseOf(call.node, script);
  if (phase === 'validation')
    return no(`the loss of line ${line} validates: smoothed, it could not be compared any more`);
  if (phase === 'unknown')
    return no(
      `whether the loss of line ${line} trains or validates is not clear: smooth the training loss only`,
    );
  return inPlace(call, script);
}
