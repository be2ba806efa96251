import { callsWhere } from './model/alike';
import type { Argument, Call } from './model/call';
import { enclosingClass, spelled } from './model/nodes';
import type { Script } from './model/script';

/** A call that lets a model of another file build its optimizer from settings of this one. */
export interface Configured {
  call: Call;
  /** The argument that is a setting of a name, by its keyword or by the name of its value. */
  setting: (name: RegExp) => Argument | undefined;
}

/** `model.configure_optimizers(weight_decay, learning_rate, betas, device_type)`, as nanoGPT has it. */
export function configured(script: Script): Configured[] {
  return callsWhere(script, ({ name }) => name === 'configure_optimizers')
    .filter(({ on, node }) => on !== null && on !== 'self' && enclosingClass(node) === null)
    .map((call) => ({
      call,
      setting: (name) =>
        call.args().find((one) => name.test(one.name ?? spelled(one.value).split('.').at(-1)!)),
    }));
}
