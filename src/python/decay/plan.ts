import * as l10n from '@vscode/l10n';
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
      return l10n.t('fastai decays by wd=0.01 already, and leaves biases and norms out');
    return (
      elsewhereAdvice(script, 'weight-decay') ??
      unsuitableScript(script) ??
      decayElsewhere(script) ??
      l10n.t('no optimizer is built here')
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
          l10n.t(
            'the weight decay of line {0} comes from {1}: set it there',
            line,
            'flag' in source ? source.flag : source.unknown,
          ),
        ),
      ];
    const { number } = source;
    if (numberOf(number) !== 0)
      return [
        refuse(
          call.node,
          l10n.t(
            'the optimizer of line {0} gets a weight decay of {1} already (line {2})',
            line,
            number.text,
            number.startPosition.row + 1,
          ),
        ),
      ];
    const value = usualDecay(script);
    const edits = changeNumber(number, value, script);
    if (!edits)
      return [refuse(call.node, l10n.t('line {0} goes on with a backslash', number.startPosition.row + 1))];
    return [
      {
        anchor: call.node,
        outcome: {
          edits,
          value,
          title: l10n.t(
            'Set the weight decay that `{0}` gets to {1} (was {2})',
            call.callee.text,
            value,
            number.text,
          ),
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
    return l10n.t('the optimizer in line {0} gets its weight decay already: {1}', line, given.node.text);
  return l10n.t('{0}: set the weight decay there', madeElsewhere(script)!);
}

/** MLX has no groups: the decay is on all parameters. */
function decayMlx({ call, className }: Optimizer, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const reason = unsuitableScript(script);
  if (reason) return refuse(call.node, reason);
  const given = argument(call, 'weight_decay');
  if (given && numberOf(given.value) !== 0)
    return refuse(call.node, l10n.t('weight decay is on already: {0} in line {1}', given.node.text, line));
  const rename = className === 'Adam' ? callSibling(call, 'AdamW', script) : [];
  if (!rename || !/^(Adam|AdamW|SGD|Lion)$/.test(className))
    return refuse(call.node, l10n.t('{0} in line {1} has no weight decay to set', className, line));
  if (className === 'AdamW' && !given)
    return refuse(call.node, l10n.t('AdamW decays the weights by 0.01 already in line {0}', line));
  const value = className === 'SGD' ? '5e-4' : usualDecay(script);
  const set = given ? [setArgument(given, value)] : addArgument(call, `weight_decay=${value}`, script.text);
  const to = className === 'Adam' ? 'AdamW' : className;
  return {
    anchor: call.node,
    outcome: {
      edits: [...rename, ...set],
      title:
        to === className
          ? l10n.t('Set weight decay {0} in `{1}`', value, to)
          : l10n.t('Set weight decay {0} in `{1}` instead of `{2}`', value, to, className),
      notes: [l10n.t('MLX decays all parameters alike: there is no mask for biases and norms.')],
    },
  };
}
