import type { Call } from '../model/call';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';

/** Why the layers of a model are not to be changed: it starts from weights that were trained with them. Null where it does not. */
export const loadsWeights = oncePer((script: Script): string | null => {
  const call =
    script.calls.find(({ name, node }) => name === 'from_pretrained' && !reads.test(node.text)) ??
    script.calls.find(isLoad);
  if (!call) return null;
  const line = call.node.startPosition.row + 1;
  return `weights are loaded in line ${line}: they were trained with the layers as they are`;
});

/** What prepares inputs has no weights. */
const reads = /tokenizer|processor|feature_extractor|Tokenizer|Processor|FeatureExtractor|Config\./;

const ownCheckpoint = /best|early|ema|swa|checkpoint\[|ckpt\[|resume/i;

/** The weights of a model, and not those that the script itself saved while it trained. */
function isLoad(call: Call): boolean {
  if (call.name !== 'load_state_dict' || /opt|sched|scaler/i.test(call.receiver?.text ?? '')) return false;
  const [first] = call.args();
  // `target.load_state_dict(online.state_dict())` starts two networks from the same weights, made here.
  if (first?.value.type === 'call' && /\.state_dict\(\)$/.test(first.value.text)) return false;
  return first !== undefined && !ownCheckpoint.test(first.value.text);
}
