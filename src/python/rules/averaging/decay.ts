/**
 * FC904 Decay of an average does not fit the run.
 *
 * Source: the defaults of timm (0.9998) and of diffusion models (0.9999). A decay d remembers 1 / (1 - d) steps. Less than ten average nothing, and
 * a memory of a fifth of the run keeps the weights it began with. Where the average warms up it is another matter, and
 * a "momentum" is often 1 - d.
 */
import * as l10n from '@vscode/l10n';
import { argument, type Argument } from '../../model/call';
import { numberOf } from '../../model/nodes';
import type { Script } from '../../model/script';
import { setArgument } from '../../edit/arguments';
import { assignmentsTo } from '../../model/assignments';
import type { CodeRule, Found } from '../rule';

const SHORTEST = 0.9;
const MOST_OF_RUN = 0.2;

export const averageDecay: CodeRule = {
  code: 'FC904',
  title: 'Decay of an average does not fit the run',
  words: /get_ema_\w*avg_fn|ModelEma|ModelEMA|ExponentialMovingAverage|EMAModel|ema_momentum/,
  check(script) {
    if (/warm_?up|inv_gamma|update_after|use_num_updates/i.test(settingsOf(script))) return [];
    const steps = stepsOf(script);
    return decays(script).flatMap((given) => judge(given, steps));
  },
};

function decays({ calls, optimizers }: Script): Argument[] {
  const found = calls.flatMap((call) => {
    if (/^torch\.optim\.swa_utils\.get_ema_(multi_)?avg_fn$/.test(call.path))
      return [argument(call, 'decay', 0)];
    const average = /(^|\.)(ModelEma(V[23])?|ModelEMA|ExponentialMovingAverage|EMAModel)$/.test(call.path);
    // Of weights, and not of a loss that is to be smoothed.
    const ofWeights = /model|net|param|generator|student|module/i.test(call.args()[0]?.value.text ?? '');
    return average && ofWeights ? [argument(call, 'decay', 1)] : [];
  });
  const keras = optimizers
    .filter(({ kind }) => kind === 'keras')
    .map(({ call }) => argument(call, 'ema_momentum'));
  return [...found, ...keras].flatMap((one) => one ?? []);
}

function judge(given: Argument, steps: number | null): Found[] {
  const decay = numberOf(given.value);
  // Below one half it is 1 - decay, by another convention.
  if (decay === null || decay < 0.5 || decay >= 1) return [];
  const memory = Math.round(1 / (1 - decay));
  if (decay < SHORTEST) {
    return [
      {
        at: given.value,
        severity: 'warning',
        message: l10n.t(
          'A decay of {0} remembers {1} steps: that averages next to nothing. Usual: 0.999 to 0.9999.',
          given.value.text,
          memory,
        ),
        fix: { title: l10n.t('Set it to 0.999'), edits: [setArgument(given, '0.999')], safe: false },
      },
    ];
  }
  if (steps === null || memory <= MOST_OF_RUN * steps) return [];
  return [
    {
      at: given.value,
      severity: 'info',
      message: l10n.t(
        'A decay of {0} remembers {1} steps, and the run has {2}: the average keeps the weights that it began with. Use a smaller decay or a warm-up.',
        given.value.text,
        memory,
        steps,
      ),
    },
  ];
}

const names = [
  'max_steps',
  'total_steps',
  'num_steps',
  'max_iters',
  'num_iterations',
  'train_steps',
  'total_iters',
];

/** The length of the run, where one number in the file says it. */
function stepsOf({ assignments }: Script): number | null {
  const found = names.flatMap((name) => [
    ...assignmentsTo(assignments, name),
    ...assignmentsTo(assignments, name.toUpperCase()),
  ]);
  return found.length === 1 ? numberOf(found[0]!.value) : null;
}

/** The text without the warm-up of the learning rate, which is another one. */
function settingsOf({ text: { source } }: Script): string {
  return source.match(/^.*\b(ema|ExponentialMovingAverage|ModelE[mM][aA]|EMAModel).*$/gim)?.join('\n') ?? '';
}
