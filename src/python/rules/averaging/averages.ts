import { spelled } from '../../model/nodes';
import type { Call } from '../../model/call';
import { oncePer } from '../../model/once';
import { targetOf } from '../../model/optimizers';
import type { Script } from '../../model/script';

/** A moving average of the weights of a model. */
export interface Average {
  made: Call;
  /** What it is assigned to: `ema`, `self.ema_model`. */
  name: string;
  updates: readonly Call[];
}

const makes =
  /^(torch\.optim\.(swa_utils\.)?AveragedModel|(timm\.|torch_ema\.|ema_pytorch\.|diffusers\.)?(\w+\.)*(ModelEma(V[23])?|ExponentialMovingAverage|EMA|EMAModel|ModelEMA))$/;

/** The averages that a file makes, each with the calls that update it. */
export const averages = oncePer((script: Script): readonly Average[] =>
  script.calls.flatMap((made) => {
    const target = makes.test(made.path) ? targetOf(made.node) : null;
    if (!target) return [];
    const name = spelled(target);
    const updates = script.calls.filter(
      (call) =>
        /^(update|update_parameters|step|update_average)$/.test(call.name) &&
        call.receiver !== null &&
        spelled(call.receiver) === name,
    );
    return [{ made, name, updates }];
  }),
);
