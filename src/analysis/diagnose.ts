import * as l10n from '@vscode/l10n';
import type { Run } from '../runs/run';
import type { Series } from '../runs/series';
import type { Classifier, Probabilities } from './classifier';
import { detect } from './detect';
import type { Diagnosis, Finding, LogSpan } from './diagnosis';
import { features } from './features';
import { incidentsOf } from './incidents';
import { viewRun, type RunView } from './pairing';
import type { Kept } from './segments';
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
    ...scopeOf(view),
    findings: withLead(findings, lead),
    incidents: incidentsOf(run),
    stopping: stoppingOf(view, verdict.label),
  };
}

/** Of a log that several trainings were written into one after the other, one is judged. */
function scopeOf({ train, val }: RunView): Pick<Diagnosis, 'scope' | 'judged'> {
  const curve = train ?? val;
  const kept = curve?.kept;
  if (!curve || !kept) return {};
  const { run, of } = kept;
  const scope =
    run === of
      ? l10n.t('The log holds {0} trainings one after the other; this is about the last of them.', of)
      : l10n.t(
          'The log holds {0} trainings one after the other; this is about number {1}, since too little came after it.',
          ...[of, run],
        );
  const judged = spanOf(curve.series, kept);
  return judged ? { scope, judged } : { scope };
}

/** Null where its points have no lines, or are of several files. */
function spanOf({ lines, length, sources }: Series, { from, to }: Kept): LogSpan | null {
  const fileOf = (point: number): number | null =>
    sources.findLast((source) => source.from <= point)?.file ?? null;
  const first = lines.at(from);
  const file = fileOf(from);
  if (!Number.isFinite(first) || fileOf(length - 1) !== file) return null;
  return { file, from: first, to: to < length ? lines.at(to) - 1 : null };
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
