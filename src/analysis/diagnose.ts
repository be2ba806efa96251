import type { Run } from '../runs/run';
import type { Classifier, Probabilities } from './classifier';
import { detect } from './detect';
import type { Diagnosis, Finding } from './diagnosis';
import { features } from './features';
import { incidentsOf } from './incidents';
import { viewRun } from './pairing';
import { stoppingOf } from './stopping';
import { decide } from './verdict';

/**
 * All that can be said of a run. Never rejects: a run without curves, or of NaN only, is `undetermined` or what it
 * is; when the network fails, the detectors decide alone.
 * @param classifier null when it is not loaded (yet)
 */
export async function diagnose(run: Run, classifier: Classifier | null): Promise<Diagnosis> {
  const view = viewRun(run);
  const findings = detect(view);
  const model =
    classifier && view.kind === 'supervised' ? await probabilities(classifier, features(view)) : null;
  const { verdict, lead } = decide(view, findings, model);
  return {
    verdict,
    findings: withLead(findings, lead),
    incidents: incidentsOf(run),
    stopping: stoppingOf(view, verdict.label),
  };
}

/** A suspicion that became the verdict leads the findings, and tells all of its symptom. */
function withLead(findings: Finding[], lead: Finding | null): Finding[] {
  if (!lead || findings.includes(lead)) return findings;
  return [lead, ...findings.filter(({ id }) => id !== lead.id)];
}

async function probabilities(classifier: Classifier, input: Float32Array): Promise<Probabilities | null> {
  try {
    return (await classifier.predict([input]))[0] ?? null;
  } catch {
    return null;
  }
}
