import type { CurvePart, ToWebview } from '../src/protocol';
import { shiftOf, xOf } from './axes';
import type { Range } from './chartOptions';
import { closerCurve } from './closer';
import { extendCurve, newCurve, type Curve } from './curves';
import type { XAxis } from './viewState';

/** Zooming and panning are over when nothing came for so long (ms). */
const SETTLED = 150;

/** What is looked at: which part of which curves, on what axis, how wide. */
export interface Sight {
  curves: readonly Curve[];
  range: Range | null;
  axis: XAxis;
  aligned: boolean;
  log: boolean;
  /** In device pixels. */
  columns: number;
}

/** Asks for more points of the part of long curves that is looked at, once that stays the same for a moment. */
export class Details {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private request = 0;
  private asked = '';
  private sight: Sight | null = null;

  constructor(
    private readonly ask: (id: string, request: number, part: CurvePart) => void,
    private readonly redraw: () => void,
  ) {}

  /** Tells what is looked at now; without a range the thinned picture is all there is. */
  look(sight: Sight): void {
    const { range, axis, aligned, log, columns } = sight;
    const key = range && JSON.stringify([range, axis, aligned, log, columns, sight.curves.map(nameOf)]);
    const same = key === this.asked && this.sight?.curves.every((one, i) => one === sight.curves[i]);
    this.sight = sight;
    if (same) return;
    this.asked = key ?? '';
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.request++;
    if (range) this.timer = setTimeout(() => this.send(), SETTLED);
    else for (const curve of sight.curves) curve.closer = null;
  }

  /** Draws what was asked for; what was asked for before is not looked at any more. */
  hear({ id, request, detail }: Extract<ToWebview, { type: 'detail' }>): void {
    const { sight } = this;
    if (request !== this.request || !sight?.range) return;
    for (const one of detail.series) {
      const curve = sight.curves.find(({ info, run }) => run.id === id && info.index === one.index);
      if (!curve) continue;
      const given = newCurve(curve.info, curve.run, curve);
      extendCurve(given, one.points);
      curve.closer = closerCurve(curve, xOf(curve, sight.axis), one, xOf(given, sight.axis));
    }
    this.redraw();
  }

  dispose(): void {
    if (this.timer !== null) clearTimeout(this.timer);
  }

  private send(): void {
    const { sight, request } = this;
    if (!sight?.range) return;
    const { axis, aligned, log, columns, range } = sight;
    // Of a curve that is there as a whole there is nothing more to give.
    const thinned = sight.curves.filter(({ info, values }) => values.length < info.total);
    for (const run of new Set(thinned.map((curve) => curve.run))) {
      const curves = thinned.filter((curve) => curve.run === run);
      const shift = shiftOf(curves[0]!, axis, aligned) + (axis === 'time' ? run.began : 0);
      const [min, max] = [range.min + shift, range.max + shift];
      const series = curves.map(({ info }) => info.index);
      if (Number.isFinite(min + max))
        this.ask(run.id, request, { series, axis, min, max, log: log && min > 0 && shift === 0, columns });
    }
  }
}

function nameOf({ run, info }: Curve): string {
  return `${run.id} ${info.index}`;
}
