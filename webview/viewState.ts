/** What the x axis counts. */
export type XAxis = 'step' | 'epoch' | 'time';

/** What the page remembers over a reload: how it is looked at, never what is shown. */
export interface ViewState {
  version: 1;
  /** The log of this panel: VS Code gives it back when the window is restored. */
  path: string;
  smoothing: number;
  logScale: boolean;
  logX: boolean;
  /** Null: whatever fits the run. */
  axis: XAxis | null;
  hidden: string[];
  asTable: boolean;
}

export const freshState: ViewState = {
  version: 1,
  path: '',
  smoothing: 0,
  logScale: false,
  logX: false,
  axis: null,
  hidden: [],
  asTable: false,
};

/** Reads a state that was saved, by this version or another: what does not fit is left at its default. */
export function readState(saved: unknown): ViewState {
  if (typeof saved !== 'object' || saved === null) return { ...freshState };
  const { path, smoothing, logScale, logX, axis, hidden, asTable } = saved as Record<string, unknown>;
  return {
    version: 1,
    path: typeof path === 'string' ? path : '',
    smoothing: typeof smoothing === 'number' && smoothing >= 0 && smoothing < 1 ? smoothing : 0,
    logScale: logScale === true,
    logX: logX === true,
    axis: axis === 'step' || axis === 'epoch' || axis === 'time' ? axis : null,
    hidden: Array.isArray(hidden) ? hidden.filter((name) => typeof name === 'string') : [],
    asTable: asTable === true,
  };
}
