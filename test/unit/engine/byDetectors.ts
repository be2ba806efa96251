import { diagnose } from '../../../src/analysis/diagnose';
import type { Assessment } from '../../../src/protocol';
import type { Run } from '../../../src/runs/run';

/** What the detectors say alone of a run, without remedies. */
export async function byDetectors(run: Run): Promise<Assessment> {
  const diagnosis = await diagnose(run, null);
  return { diagnosis, notes: {}, context: {} as never, remedies: [], backend: null };
}
