/**
 * FC904 Decay of an average does not fit the run.
 *
 * Source: the defaults of timm (0.9998) and of diffusion models (0.9999). A decay d remembers 1 / (1 - d) steps. Less than ten
 * average nothing, and a memory of a fifth of the run keeps the weights it began with. MMEngine's momentum is 1 - d.
 */
import * as l10n from '@vscode/l10n';
import { numberOf } from '../../entry';
import type { TrainingConfig } from '../../training';
import { finding, inThisFile, replaceValue, type ConfigRule } from '../rule';

const SHORTEST = 0.9;
const MOST_OF_RUN = 0.2;

export const averageDecay: ConfigRule = {
  code: 'FC904',
  title: 'Decay of an average does not fit the run',
  check(config) {
    if (config.isOn('ema-switch') === false || warmsUp(config)) return [];
    const steps = config.number('steps');
    return config.all('ema-decay', 'ema-momentum').flatMap((setting) => {
      const value = numberOf(setting.entry);
      const inverse = setting.concept === 'ema-momentum';
      const decay = value === null ? null : inverse ? 1 - value : value;
      // Below one half it is 1 - decay, by another convention.
      if (decay === null || decay < 0.5 || decay >= 1) return [];
      const memory = Math.round(1 / (1 - decay));
      if (decay < SHORTEST) {
        const message = l10n.t(
          '{0}: that remembers {1} steps and averages next to nothing. Usual: {2}.',
          inThisFile(setting.entry),
          memory,
          inverse ? l10n.t('{0} to {1}', '0.001', '0.0001') : l10n.t('{0} to {1}', '0.999', '0.9999'),
        );
        return [
          finding(
            'FC904',
            setting,
            'warning',
            message,
            replaceValue(setting.entry, usualFor(steps, inverse), false),
          ),
        ];
      }
      if (steps === null || steps <= 0 || memory <= MOST_OF_RUN * steps) return [];
      const message = l10n.t(
        '{0}: that remembers {1} steps, and the run has {2}: the average keeps the weights that it began with. Use a smaller decay or a warm-up of it.',
        inThisFile(setting.entry),
        memory,
        steps,
      );
      return [finding('FC904', setting, 'info', message)];
    });
  },
};

/** The longest usual memory that is no more than a fifth of the run. */
function usualFor(steps: number | null, inverse: boolean): string {
  const fits = [0.001, 0.01].find(
    (share) => steps === null || steps <= 0 || 1 / share <= MOST_OF_RUN * steps,
  );
  return inverse ? String(fits ?? 0.05) : String(1 - (fits ?? 0.05));
}

/** Whether the decay grows at the start: as the file says, else as the framework does by itself. */
function warmsUp(config: TrainingConfig): boolean {
  const byDefault = Object.values(config.dialect.keys).some(
    (meaning) => typeof meaning === 'object' && meaning.is === 'ema-warmup' && meaning.default === true,
  );
  return config.isOn('ema-warmup') ?? byDefault;
}
