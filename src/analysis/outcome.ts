import type { Run } from '../runs/run';
import type { Curve } from './curve';
import type { Outcome } from './diagnosis';
import { viewRun } from './pairing';

/**
 * What a run came to: validation loss and validation quality, those of the two that are logged; the training loss where
 * there is neither. The best is that of a single evaluation, as one chooses a checkpoint.
 */
export function outcomesOf(run: Run): Outcome[] {
  const { val, valQuality, train } = viewRun(run);
  const found = [val, valQuality].flatMap((curve) => outcomeOf(curve));
  return found.length > 0 ? found : outcomeOf(train);
}

function outcomeOf(curve: Curve | null): Outcome[] {
  if (!curve || curve.keep < 0) return [];
  const { series, sign, keep, x, y, source } = curve;
  const epoch = series.epochs.at(source[keep]!);
  return [
    {
      metric: series.split === null ? series.name : `${series.split} ${series.name}`,
      better: sign === 1 ? 'lower' : 'higher',
      best: sign * y[keep]!,
      step: x[keep]!,
      epoch: Number.isFinite(epoch) ? epoch : null,
      last: sign * y[y.length - 1]!,
      points: y.length,
    },
  ];
}
