/**
 * FC920 A setting that the latest run speaks against.
 *
 * Source: the seed document: an overfitting run wants weight decay, dropout, label smoothing, early stopping; an unstable one
 * gradient clipping and a warm-up; one that underfits has too much regularization. Told only of what is set in this file to
 * nothing, or to more than usual.
 */
import * as l10n from '@vscode/l10n';
import type { LintFinding } from '../../findings/finding';
import type { Concept } from '../dialects/dialect';
import { isNone, numberOf, switchOf, type Entry } from '../entry';
import type { KnownRun } from '../surroundings';
import type { TrainingConfig } from '../training';
import { isSgd } from '../context';
import { finding, inThisFile, replaceValue } from './rule';

export const withRun = { code: 'FC920', title: 'A setting that the latest run speaks against' } as const;

interface Remedy {
  concept: Concept;
  /** Whether a value is what the run speaks against. */
  when: (entry: Entry) => boolean;
  /** The rest of a sentence: what it would do. */
  would: () => string;
  /** What to set; null where that is not one value. */
  to: string | null;
}

/** Usual with SGD, whose decay is a part of the gradient. */
const SGD_DECAY = '0.0005';

const isOff = (entry: Entry): boolean => isNone(entry) || numberOf(entry) === 0 || switchOf(entry) === false;
const isAbove =
  (limit: number) =>
  (entry: Entry): boolean =>
    (numberOf(entry) ?? 0) >= limit;

const remedies: Readonly<Record<string, readonly Remedy[]>> = {
  overfitting: [
    {
      concept: 'weight-decay',
      when: isOff,
      would: () => l10n.t('weight decay keeps the weights small'),
      to: '0.1',
    },
    {
      concept: 'dropout',
      when: isOff,
      would: () => l10n.t('dropout makes it harder to learn the data by heart'),
      to: '0.1',
    },
    {
      concept: 'lora-dropout',
      when: isOff,
      would: () => l10n.t('a little dropout in the adapters helps'),
      to: '0.05',
    },
    {
      concept: 'label-smoothing',
      when: isOff,
      would: () => l10n.t('label smoothing keeps it from being too sure'),
      to: '0.1',
    },
    {
      concept: 'patience',
      when: isOff,
      would: () => l10n.t('early stopping would have ended it in time'),
      to: '5',
    },
    {
      concept: 'early-stopping',
      when: isOff,
      would: () => l10n.t('early stopping would have ended it in time'),
      to: null,
    },
  ],
  unstable: [
    {
      concept: 'clip-norm',
      when: isOff,
      would: () => l10n.t('clipping keeps one bad batch from undoing the rest'),
      to: '1.0',
    },
    {
      concept: 'clip-switch',
      when: isOff,
      would: () => l10n.t('clipping keeps one bad batch from undoing the rest'),
      to: null,
    },
    { concept: 'warmup-steps', when: isOff, would: () => l10n.t('a warm-up lets it start slowly'), to: null },
    {
      concept: 'warmup-share',
      when: isOff,
      would: () => l10n.t('a warm-up lets it start slowly'),
      to: '0.03',
    },
    {
      concept: 'warmup-epochs',
      when: isOff,
      would: () => l10n.t('a warm-up lets it start slowly'),
      to: null,
    },
  ],
  underfitting: [
    {
      concept: 'dropout',
      when: isAbove(0.3),
      would: () => l10n.t('less dropout lets it learn more'),
      to: '0.1',
    },
    {
      concept: 'drop-path',
      when: isAbove(0.3),
      would: () => l10n.t('less stochastic depth lets it learn more'),
      to: '0.1',
    },
    {
      concept: 'label-smoothing',
      when: isAbove(0.2),
      would: () => l10n.t('less smoothing lets it learn more'),
      to: '0.1',
    },
  ],
};

/** What the latest run of a config says of its settings. One change at a time: each is a thought of its own. */
export function ratedByRun(config: TrainingConfig, run: KnownRun): LintFinding[] {
  const what = run.label === null ? undefined : remedies[run.label];
  if (!what) return [];
  return what.flatMap(({ concept, when, would, to }) => {
    // Adapters do without weight decay, and language models are pretrained without dropout and smoothing.
    if (concept === 'weight-decay' && (config.has('lora-dropout') || config.dialect.decayRange)) return [];
    if (config.task === 'pretraining' && (concept === 'dropout' || concept === 'label-smoothing')) return [];
    return config
      .all(concept)
      .filter(({ entry }) => when(entry))
      .map((setting) => {
        const message = messageOf(run, inThisFile(setting.entry), would());
        const value = concept === 'weight-decay' && isSgd(config.optimizer) ? SGD_DECAY : to;
        const fix = value === null ? null : replaceValue(setting.entry, value, false);
        return finding(withRun.code, setting, 'warning', message, fix);
      });
  });
}

/**
 * @param set what stands in the file
 * @param would what a change of it would do
 */
function messageOf({ title, label, since }: KnownRun, set: string, would: string): string {
  if (label === 'underfitting')
    return l10n.t(
      'The latest run of this config ({0}) underfits, and {1}: {2}. Change one thing at a time, and measure.',
      title,
      set,
      would,
    );
  if (label === 'overfitting')
    return since === null
      ? l10n.t(
          'The latest run of this config ({0}) overfits, and {1}: {2}. Change one thing at a time, and measure.',
          title,
          set,
          would,
        )
      : l10n.t(
          'The latest run of this config ({0}) overfits from {1}, and {2}: {3}. Change one thing at a time, and measure.',
          title,
          since,
          set,
          would,
        );
  return since === null
    ? l10n.t(
        'The latest run of this config ({0}) is unstable, and {1}: {2}. Change one thing at a time, and measure.',
        title,
        set,
        would,
      )
    : l10n.t(
        'The latest run of this config ({0}) is unstable from {1}, and {2}: {3}. Change one thing at a time, and measure.',
        title,
        since,
        set,
        would,
      );
}
