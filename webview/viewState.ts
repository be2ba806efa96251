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
  /** The logs that this one is compared with: given back when the window is restored, too. */
  compared: string[];
  /** Place in the list of colours of each run, by path. */
  colours: Record<string, number>;
  /** Paths of runs that are compared and not shown. */
  hiddenRuns: string[];
  /** All runs begin at 0. */
  aligned: boolean;
  /** Settings that are the same in all runs are shown, too. */
  allSettings: boolean;
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
  compared: [],
  colours: {},
  hiddenRuns: [],
  aligned: false,
  allSettings: false,
};

/** Reads a state that was saved, by this version or another: what does not fit is left at its default. */
export function readState(saved: unknown): ViewState {
  if (typeof saved !== 'object' || saved === null) return { ...freshState };
  const { path, smoothing, axis, colours, ...rest } = saved as Record<string, unknown>;
  return {
    version: 1,
    path: typeof path === 'string' ? path : '',
    smoothing: typeof smoothing === 'number' && smoothing >= 0 && smoothing < 1 ? smoothing : 0,
    logScale: rest['logScale'] === true,
    logX: rest['logX'] === true,
    axis: axis === 'step' || axis === 'epoch' || axis === 'time' ? axis : null,
    hidden: texts(rest['hidden']),
    asTable: rest['asTable'] === true,
    compared: texts(rest['compared']),
    colours: places(colours),
    hiddenRuns: texts(rest['hiddenRuns']),
    aligned: rest['aligned'] === true,
    allSettings: rest['allSettings'] === true,
  };
}

function texts(saved: unknown): string[] {
  return Array.isArray(saved) ? saved.filter((text) => typeof text === 'string') : [];
}

function places(saved: unknown): Record<string, number> {
  const entries = typeof saved === 'object' && saved !== null ? Object.entries(saved) : [];
  const isPlace = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => isPlace(entry[1])));
}
