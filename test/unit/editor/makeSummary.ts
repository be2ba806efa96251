import type { RunSummary } from '../../../src/protocol';

/** A line of the Runs view; healthy and finished where nothing else is said. */
export function makeSummary(about: Partial<RunSummary> = {}): RunSummary {
  return {
    id: 'id',
    path: '/project/run.csv',
    title: 'run.csv',
    format: 'csv',
    state: 'finished',
    modified: 0,
    label: 'healthy',
    severity: null,
    symptoms: [],
    since: null,
    last: null,
    points: 10,
    quiet: 0,
    progress: null,
    beginning: null,
    ...about,
  };
}

/** A run that is going on and lost. */
export function makeLost(about: Partial<RunSummary> = {}): RunSummary {
  return makeSummary({
    state: 'running',
    label: 'unstable',
    severity: 'error',
    symptoms: [{ id: 'divergence', family: 'unstable', severity: 'error' }],
    since: 'step 40',
    ...about,
  });
}
