/**
 * FC917 Warm-up in the wrong unit.
 *
 * A warm-up as long as the run, or a share of more than 1: steps, epochs and shares were mixed up.
 */
import * as l10n from '@vscode/l10n';
import { leafOf, numberOf, switchOf } from '../../entry';
import type { Concept } from '../../dialects/dialect';
import { isBeside } from '../../settings';
import type { TrainingConfig } from '../../training';
import { finding, inThisFile, type ConfigRule } from '../rule';

const countedIn: Readonly<Partial<Record<Concept, 'steps' | 'epochs'>>> = {
  'warmup-steps': 'steps',
  'warmup-epochs': 'epochs',
};

export const warmupUnits: ConfigRule = {
  code: 'FC917',
  title: 'Warm-up in the wrong unit',
  check: (config) =>
    config.all('warmup-steps', 'warmup-epochs', 'warmup-share').flatMap((setting) => {
      const { concept, entry } = setting;
      const value = numberOf(entry);
      if (value === null || value <= 0) return [];
      if (concept === 'warmup-share') {
        if (value <= 1) return [];
        const message = l10n.t(
          '{0}: it is a share of the run, from 0 to 1. Usual: 0.01 to 0.1.',
          inThisFile(entry),
        );
        return [finding('FC917', setting, 'info', message)];
      }
      const of = countedIn[concept]!;
      // As it is written, here or in a base: a default is no statement on how long the run is.
      const lengths = [...config.all(of), ...config.inherited.settings.filter((one) => one.concept === of)];
      const beside = lengths.find((one) => isBeside(one, setting));
      const run = beside ?? lengths[0];
      const length = run ? numberOf(run.entry) : null;
      if (length === null || length <= 1 || value < length || isApart(config)) return [];
      const message =
        of === 'steps'
          ? l10n.t(
              '{0}, and the run has {1} steps: the learning rate never gets where it should. Usual: 1 to 10 % of the run.',
              inThisFile(entry),
              length,
            )
          : l10n.t(
              '{0}, and the run has {1} epochs: the learning rate never gets where it should. Usual: 1 to 10 % of the run.',
              inThisFile(entry),
              length,
            );
      return [finding('FC917', setting, 'info', message)];
    }),
};

/** Counted in something else than the run, or switched off with the schedule that it is part of. */
function isApart(config: TrainingConfig): boolean {
  const unit = config.text('warmup-unit');
  const constant = config.document.entries.some(
    (entry) => leafOf(entry) === 'decay_lr' && switchOf(entry) === false,
  );
  return (unit !== null && unit !== 'steps') || constant;
}
