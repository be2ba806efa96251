import * as l10n from '@vscode/l10n';
import { assignmentsTo } from '../model/assignments';
import type { Call } from '../model/call';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';

/** Why the layers of a model are not to be changed: it starts from weights that were trained with them. Null where it does not. */
export const loadsWeights = oncePer((script: Script): string | null => {
  const call =
    script.calls.find((one) => one.name === 'from_pretrained' && isOwn(one, script)) ??
    script.calls.find((one) => isLoad(one, script));
  if (!call) return null;
  const line = call.node.startPosition.row + 1;
  return l10n.t('weights are loaded in line {0}: they were trained with the layers as they are', line);
});

/** A class of this file: the weights of an imported one are not those of the layers here. */
function isOwn({ receiver }: Call, { classes }: Script): boolean {
  const name = receiver?.text ?? '';
  return (
    /^(cls|super\(\))$/.test(name) || classes.some((one) => one.childForFieldName('name')?.text === name)
  );
}

const ownCheckpoint = /best|early|ema|swa|checkpoint\[|ckpt\[|resume/i;

/** The weights of a model, and not those that the script itself saved while it trained. */
function isLoad(call: Call, { assignments }: Script): boolean {
  if (call.name !== 'load_state_dict' || /opt|sched|scaler/i.test(call.receiver?.text ?? '')) return false;
  const [first] = call.args();
  // `target.load_state_dict(online.state_dict())` starts two networks from the same weights, made here.
  const values = first
    ? [first.value, ...assignmentsTo(assignments, first.value.text).map(({ value }) => value)]
    : [];
  if (values.some(({ type, text }) => type === 'call' && /\.state_dict\(\)$/.test(text))) return false;
  return first !== undefined && !ownCheckpoint.test(first.value.text);
}
