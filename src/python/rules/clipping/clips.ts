import { argument, type Argument, type Call } from '../../model/call';
import { statementAround } from '../../model/nodes';
import { oncePer } from '../../model/once';
import type { Script } from '../../model/script';
import type { Node } from '../../parser';

/** A call that clips the gradients of some parameters. */
export interface Clip {
  call: Call;
  node: Node;
  statement: Node;
  /** PyTorch's own function, or the one of something that wraps the model or the optimizer. */
  by: 'torch' | 'wrapper';
  /** By the norm of all together, or each value for itself. */
  how: 'norm' | 'value';
  bound: Argument | undefined;
}

const torchClip = /(^|\.)nn\.utils\.clip_grad_(norm|value)_?$/;
const wrapperClip = /^(clip_grad_norm_|clip_grad_value_|clip_gradients)$/;

/** All calls of a file that clip, in order. */
export const clipsOf = oncePer(({ calls }: Script): readonly Clip[] =>
  calls.flatMap((call): Clip[] => {
    const torch = torchClip.test(call.path);
    if (!torch && !(wrapperClip.test(call.name) && call.receiver)) return [];
    const how = /value/.test(call.name) ? 'value' : 'norm';
    const name = how === 'value' ? 'clip_value' : 'max_norm';
    // `model.clip_grad_norm_(1.0)` of FSDP takes no parameters, `fabric.clip_gradients` names its bound.
    const place = torch || /accelerator/i.test(call.receiver!.text) ? 1 : -1;
    const bound = argument(call, name, place) ?? argument(call, 'gradient_clip_val');
    const by = torch ? 'torch' : 'wrapper';
    return [{ call, node: call.node, statement: statementAround(call.node), by, how, bound }];
  }),
);
