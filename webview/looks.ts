import type { LogSpan } from '../src/analysis/diagnosis';
import { shortNames, toldApart, type RunOnPage } from './comparison';
import type { Look, RunLook, Theme } from './look';
import type { ViewState, XAxis } from './viewState';

/** Makes the looks of the charts: the same object as long as nothing of it changed, by which charts see whether to draw. */
export class Looks {
  private look: Look | null = null;
  private lookedAt: ViewState | null = null;
  private known: ReadonlyMap<string, RunLook> = new Map();
  private signature = '';

  /** How each run is shown, by its path. @param all the runs on the page; one alone needs no look of its own */
  runs(
    all: readonly RunOnPage[],
    { colours, hiddenRuns }: ViewState,
    { runs: palette }: Theme,
  ): ReadonlyMap<string, RunLook> {
    const compared = all.length > 1 ? all : [];
    const short = shortNames(compared.map(({ about }) => about.title));
    const names = toldApart(
      short,
      compared.map(({ run }) => (run && run.summary.state !== 'running' ? run.summary.modified : null)),
    );
    const looks = compared.map(({ about: { path } }, i): [string, RunLook] => {
      const colour = palette[(colours[path] ?? i) % palette.length]!;
      return [path, { title: names[i]!, colour, hidden: hiddenRuns.includes(path) }];
    });
    const signature = JSON.stringify(looks);
    if (signature !== this.signature) this.known = new Map(looks);
    this.signature = signature;
    return this.known;
  }

  /** @param judged which of several trainings in the log the verdict is about */
  of(state: ViewState, axis: XAxis, theme: Theme, judged: LogSpan | null): Look {
    const { look: before, known: runs } = this;
    const same =
      before?.axis === axis &&
      before.theme === theme &&
      before.runs === runs &&
      JSON.stringify(before.judged) === JSON.stringify(judged);
    if (before && same && this.lookedAt === state) return before;
    const { smoothing, logScale, logX, hidden } = state;
    const aligned = state.aligned && runs.size > 0;
    this.lookedAt = state;
    this.look = { axis, smoothing, logScale, logX, hidden: new Set(hidden), runs, aligned, judged, theme };
    return this.look;
  }
}
