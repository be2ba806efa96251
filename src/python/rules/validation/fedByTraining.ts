import type { Call } from '../../model/call';
import { spelled } from '../../model/nodes';
import type { Script } from '../../model/script';
import type { Node } from '../../parser';
import { loopAround } from '../around';

/** Signs that a script has validation data that could be watched. */
const validation =
  /\b(val|valid|validation|eval|dev)_?(loader|dataloader|dl|loss|data|set|ds|iter)\b|\bvalidate\(/i;

/**
 * Calls of an early stopping of someone's own that are handed the loss of training: of a batch, in the loop that makes
 * its gradient, or of an epoch, by its name.
 */
export function fedByTraining(script: Script): Call[] {
  if (!validation.test(script.text.source)) return [];
  return script.calls.filter((call) => {
    if (!/early_?stop|stopper/i.test(call.path) || /^[A-Z]/.test(call.name)) return false;
    const given = call.args()[0]?.value;
    const words = given ? spelled(given) : '';
    if (/^(avg_|mean_|epoch_|running_|total_)?train(ing)?_loss\w*(\.item\(\))?$/.test(words)) return true;
    const loop = /^loss(\.item\(\)|\.detach\(\)\S*)?$/.test(words) ? loopAround(call.node) : null;
    return loop !== null && innermost(loop, script);
  });
}

/** Whether a loop makes gradients by itself, and not by a loop over batches within it. */
function innermost(loop: Node, script: Script): boolean {
  return script.backwards.some(({ call }) => loopAround(call.node)?.id === loop.id);
}
