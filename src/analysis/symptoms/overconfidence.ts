/**
 * Validation loss rises while validation accuracy holds: the answers are as good as ever, the confidence is not.
 *
 * Source: the seed document on label smoothing ("prevents overconfident predictions") and mixup. Definition: as
 * `val-loss-rising`, with the quality within its noise of its best. Information beside that finding, because it says
 * which remedy fits (label smoothing, mixup, calibration) and not how bad it is.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { endLevel, qualityHolds } from '../measure';
import type { RunView } from '../pairing';
import { nameOf, percent, valueOf } from '../wording';
import { detectValLossRising } from './valLossRising';

/** Finds a rising validation loss under a quality that holds. */
export function detectOverconfidence(view: RunView): Finding | null {
  const { val, valQuality } = view;
  if (!val || !valQuality || qualityHolds(view) !== true) return null;
  const rising = detectValLossRising(view);
  if (!rising || rising.series[0] !== val.members[0]) return null;
  const quality = endLevel(valQuality, 0.1);
  return {
    id: 'overconfidence',
    family: 'overfitting',
    severity: 'info',
    onset: rising.onset,
    ...(rising.best ? { best: rising.best } : {}),
    evidence: { rise: rising.evidence.rise!, lastQuality: valQuality.sign * quality },
    series: [...val.members, ...valQuality.members],
    message: l10n.t(
      '{0} rose {1} while {2} stays at {3}: the network is not wrong more often, it is too sure where it is wrong.',
      ...[nameOf(val), percent(rising.evidence.rise!), nameOf(valQuality), valueOf(valQuality, quality)],
    ),
  };
}
