/**
 * Validation better than training, by more than dropout or augmentation explain: perhaps a leak.
 *
 * Source: UMLAUT (validation accuracy above training accuracy by 0.05 after the third evaluation). Information only:
 * dropout, mixup and augmentation, which hold the training accuracy down, are the commoner reason and are rarely in the
 * log. A training accuracy averaged over an epoch in which it still climbs lags behind, so the distance must last for
 * the second half of the run, and training must have come to rest.
 */
import * as l10n from '@vscode/l10n';
import type { Finding } from '../diagnosis';
import { placeAt } from '../curve';
import { endLevel, enough } from '../measure';
import type { RunView } from '../pairing';
import { median } from '../robust';
import { nameOf, points } from '../wording';

const MARGIN = 0.05;
const FIRST = 3;
/** Points of the whole that the training accuracy may still gain over the last third. */
const AT_REST = 0.02;

/** Finds a validation accuracy that stays above the training accuracy. */
export function detectValidationTooGood(view: RunView): Finding | null {
  const { trainQuality: train, valQuality: val } = view;
  if (view.kind !== 'supervised' || !enough(view, train) || !enough(view, val)) return null;
  if (!train.isFraction || !val.isFraction || train.series.name !== val.series.name) return null;
  if (explained(view)) return null;
  const from = (curve: { y: Float64Array }) => Math.max(FIRST, Math.floor(curve.y.length / 2));
  const margin = median(train.y, from(train)) - median(val.y, from(val));
  const rest = median(train.y, Math.floor((2 / 3) * train.y.length)) - endLevel(train);
  if (!(margin > MARGIN) || endLevel(train) - endLevel(val) <= MARGIN || rest > AT_REST) return null;
  return {
    id: 'validation-too-good',
    family: 'overfitting',
    severity: 'info',
    onset: placeAt(val, Math.min(FIRST, val.y.length - 1)),
    evidence: { margin, train: -endLevel(train), val: -endLevel(val) },
    series: [...val.members, ...train.members],
    message: l10n.t(
      '{0} is {1} above {2} over the second half of the run: without dropout, mixup or augmentation that points to validation data that training has seen, or that is easier.',
      ...[nameOf(val), points(margin), nameOf(train)],
    ),
  };
}

/** True when the log itself says that something holds the training accuracy down. */
function explained(view: RunView): boolean {
  const active = (key: string): boolean => Number(view.run.context.get(key) ?? 0) > 0;
  return ['dropout', 'mixup', 'cutmix', 'label_smoothing', 'drop_path'].some(active);
}
