import { EMPTY, readPairs, type TextRecord } from './textRecord';

/** One redraw of a tqdm bar. */
export interface TqdmBar {
  /** Text before the percentage: `Epoch 3`. */
  readonly description: string;
  readonly current: number;
  readonly total: number;
  /** Epoch and split of the description, metrics of the postfix. */
  readonly record: TextRecord;
  /** The description tells epoch and step: it is a point wherever the bar is. */
  readonly isPlaced: boolean;
}

/** torchtune: `1|20|Loss: 2.5`, the epoch and the step. */
const PLACE = /(?:^|[\]:\s])(\d+)\|(\d+)\|(?=[A-Za-z]\w*: )/;

const COUNT = /^\s*(\d+)\/(\d+)\s*\[/;

/** Reads `Epoch 3:  45%|████▌     | 45/100 [00:10<00:12, 4.3it/s, loss=0.5]`; null for other lines. */
export function readTqdmBar(text: string): TqdmBar | null {
  const percent = text.indexOf('%|');
  if (percent < 1 || text.length > 4096) return null;
  const barEnd = text.indexOf('|', percent + 2);
  const count = barEnd < 0 ? null : COUNT.exec(text.slice(barEnd + 1, barEnd + 60));
  if (!count) return null;
  const description = text
    .slice(0, percent)
    .replace(/[\s:]*\d+$/, '')
    .trim();
  const inside = text.slice(barEnd + 1 + count[0].length);
  const comma = inside.indexOf(', ');
  const postfix = comma < 0 ? '' : inside.slice(comma);
  const place = PLACE.exec(description);
  const record = {
    ...(readPairs(`${description} ${postfix}`) ?? EMPTY),
    ...(place && { epoch: Number(place[1]), count: Number(place[2]) }),
  };
  const isPlaced = place !== null && record.keys.length > 0;
  return { description, current: Number(count[1]), total: Number(count[2]), record, isPlaced };
}

/** A bar that is a point of its curves. */
export interface TqdmPoint {
  readonly bar: TqdmBar;
  readonly line: number;
}

/**
 * Decides which redraws are points. A bar that belongs to an epoch counts once, when it is complete; a bar over the
 * whole run counts at every redraw.
 */
export class TqdmProgress {
  private held: TqdmPoint | null = null;

  /** A bar with metrics. @param perEpoch the bar is one of an epoch */
  take(bar: TqdmBar, line: number, perEpoch: boolean): TqdmPoint[] {
    const before = this.held?.bar;
    const over = before && (before.description !== bar.description || bar.current < before.current);
    const final = over ? this.flush() : null;
    const points = final ? [final] : [];
    if (perEpoch) this.held = { bar, line };
    else points.push({ bar, line });
    return points;
  }

  /** Another metric or the end of the log: gives the bar if it is complete, else drops it. */
  flush(): TqdmPoint | null {
    const { held } = this;
    this.held = null;
    return held && held.bar.current >= held.bar.total ? held : null;
  }
}

/** The bar counts the steps of the whole run. */
export function isOverSteps({ description }: TqdmBar): boolean {
  return /\bsteps?\b/i.test(description);
}
