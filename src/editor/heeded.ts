import type { SymptomId } from '../analysis/diagnosis';
import type { RunSummary } from '../protocol';

const severities = ['error', 'warning', 'info'] as const;

/**
 * A run without the findings that the user says are not so: what the status bar, the badge and the notifications go by.
 * Where the finding behind the verdict is one of them, the next serious one takes its place; without any, none does.
 */
export function heeded(run: RunSummary, dismissed: ReadonlySet<SymptomId>): RunSummary {
  const symptoms = run.symptoms.filter(({ id }) => !dismissed.has(id));
  if (symptoms.length === run.symptoms.length) return run;
  const lead = run.symptoms.find(({ family }) => family === run.label);
  const severity = severities.find((level) => symptoms.some((one) => one.severity === level)) ?? null;
  const about = { ...run, symptoms, severity, dismissed: run.symptoms.length - symptoms.length };
  if (!lead || !dismissed.has(lead.id)) return about;
  const next = symptoms.find((one) => one.severity !== 'info');
  return { ...about, label: next?.family ?? null, since: null };
}
