import * as l10n from '@vscode/l10n';
import type { Recognition } from './format';
import { identifyMetric } from './metricName';

/** What only the training of an agent measures. */
const OF_AGENT = /(?:^|\/)(?:ep_?rew_?mean|ep_?len_?mean|explained_variance|value_loss)$/;

/** Whether a log with one value of each metric so far is the start of a training, and not the outcome of something. */
export class FirstPlace {
  /** By epoch or step: what was measured there. */
  private readonly seen = new Map<number, Set<string>>();

  /** @param position epoch or step; NaN where the log tells none, which says nothing */
  note(key: string, position: number): void {
    if (Number.isNaN(position) || this.seen.size > 4) return;
    const { name, split } = identifyMetric(key);
    const measured = this.seen.get(position) ?? new Set<string>();
    if (name === 'loss') measured.add(`${split ?? 'train'} loss`);
    else if (OF_AGENT.test(key)) measured.add(key);
    this.seen.set(position, measured);
  }

  judge(): Recognition {
    const measured = [...this.seen.values()];
    if (measured.some((one) => one.has('train loss') && one.has('val loss')))
      return { confidence: 0.4, why: l10n.t('the training and the validation loss of one epoch') };
    if (measured.some((one) => [...one].filter((key) => OF_AGENT.test(key)).length >= 2))
      return { confidence: 0.4, why: l10n.t('what the training of an agent measured at one step') };
    return { confidence: 0, why: l10n.t('no line pattern gives a metric at least two values') };
  }
}
