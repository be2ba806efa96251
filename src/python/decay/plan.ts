import { addArgument, setArgument } from '../edit/arguments';
import { callSibling } from '../edit/rename';
import { elsewhereAdvice } from '../elsewhere';
import { configured } from '../configured';
import { changeNumber } from '../edit/changed';
import { argument } from '../model/call';
import { importsModule } from '../model/framework';
import { madeElsewhere, optimizersElsewhere } from '../model/madeElsewhere';
import { numberOf } from '../model/nodes';
import type { Optimizer } from '../model/optimizers';
import type { Script } from '../model/script';
import { refuse, type Planner, type Proposal } from '../proposal';
import { sourceOf } from '../rate/source';
import { decayHuggingFace } from './huggingFace';
import { decayKeras } from './keras';
import { decayOptax } from './optax';
import { decayTorch } from './torch';
import { unsuitableScript } from './unsuitable';
import { usualDecay } from './values';

/** Decoupled weight decay, none on biases and norm parameters, where the optimizer is made. */
export const decay: Planner = {
  propose(script) {
    const own = script.optimizers.flatMap((one) => {
      if (one.kind === 'keras') return [];
      return [one.kind === 'mlx' ? decayMlx(one, script) : decayTorch(one, script)];
    });
    return [
      ...own,
      ...decayHuggingFace(script),
      ...decayKeras(script),
      ...decayOptax(script),
      ...decayConfigured(script),
    ];
  },
  nothing(script) {
    if (importsModule(script, 'fastai'))
      return 'fastai decays by wd=0.01 already, and leaves biases and norms out';
    return (
      elsewhereAdvice(script, 'weight-decay') ??
      unsuitableScript(script) ??
      decayElsewhere(script) ??
      'no optimizer is built here'
    );
  },
};

/** A decay that is handed to a model, which builds its optimizer with it. */
function decayConfigured(script: Script): Proposal[] {
  return configured(script).flatMap(({ call, setting }): Proposal[] => {
    const given = setting(/^(weight_decay|wd)$/);
    if (!given) return [];
    const line = call.node.startPosition.row + 1;
    const source = sourceOf(given.value, script);
    if (!('number' in source))
      return [
        refuse(
          call.node,
          `the weight decay of line ${line} comes from ${'flag' in source ? source.flag : source.unknown}: set it there`,
        ),
      ];
    const { number } = source;
    if (numberOf(number) !== 0)
      return [
        refuse(
          call.node,
          `the optimizer of line ${line} gets a weight decay of ${number.text} already (line ${number.startPosition.row + 1})`,
        ),
      ];
    const value = usualDecay(script);
    const edits = changeNumber(number, value, script);
    if (!edits) return [refuse(call.node, `line ${number.startPosition.row + 1} goes on with a backslash`)];
    return [
      {
        anchor: call.node,
        outcome: {
          edits,
          value,
          title: `Set the weight decay that \`${call.callee.text}\` gets to ${value} (was ${number.text})`,
        },
      },
    ];
  });
}

/** An optimizer whose class is not in sight: what its call says of the decay, or where to set it. */
function decayElsewhere(script: Script): string | null {
  const [call] = optimizersElsewhere(script);
  if (!call) return null;
  const line = call.node.startPosition.row + 1;
  const given = call.args().find(({ name }) => name === 'weight_decay' || name === 'wd');
  if (given && numberOf(given.value) !== 0)
    return `the optimizer in line ${line} gets its weight decay already: ${given.node.text}`;
  return `${madeElsewhere(script)}: set the weight decay there`;
}

/** MLX has no groups: the decay is on all parameters. */
function decayMlx({ call, className }: Optimizer, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const reason = unsuitableScript(script);
  if (reason) return refuse(call.node, reason);
  const given = argument(call, 'weight_decay');
  if (given && numberOf(given.value) !== 0)
    return refuse(call.node, `weight decay is on already: ${given.node.text} in line ${line}`);
  const rename = className === 'Adam' ? callSibling(call, 'AdamW', script) : [];
  if (!rename || !/^(Adam|AdamW|SGD|Lion)$/.test(className))
    return refuse(call.node, `${className} in line ${line} has no weight decay to set`);
  if (className === 'AdamW' && !given)
    return refuse(call.node, `AdamW decays the weights by 0.01 already in line ${line}`);
  const value = className === 'SGD' ? '5e-4' : usualDecay(script);
  const set = given ? [setArgument(given, value)] : addArgument(call, `weight_decay=${value}`, script.text);
  const to = className === 'Adam' ? 'AdamW' : className;
  return {
    anchor: call.node,
    outcome: {
      edits: [...rename, ...set],
      title: `Set weight decay ${value} in \`${to}\`${to === className ? '' : ` instead of \`${className}\``}`,
      notes: ['MLX decays all parameters alike: there is no mask for biases and norms.'],
    },
  };
}
