import type { Finding, Label, SymptomId } from '../../analysis/diagnosis';
import type { Assessment, RunSummary } from '../../protocol';
import { symptomPlaces } from '../../python/places/symptomPlaces';
import type { ScriptPlaces } from '../../python/places/places';
import { catalogue } from '../../remedies/catalogue';
import type { TechniqueId } from '../../remedies/remedy';
import type { Range } from '../../remedies/textEdit';

/**
 * Least probability of the verdict (calibrated) of which a script is told: below it more than one such verdict in five is
 * wrong, and a line in Problems stays where a look at the panel passes.
 */
const SURE = 0.8;
/** Remedies that are offered for a finding. */
const MOST_REMEDIES = 3;

/** A finding of a run at the place of its script that could answer it. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly range: Range;
  /** What can be written into a script for it, the best first. */
  readonly remedies: readonly TechniqueId[];
}

/** The findings of a run that are told in its script: those behind a verdict that is sure, and that were not dismissed. */
export function placedFindings(
  run: Pick<RunSummary, 'label' | 'symptoms'>,
  assessment: Assessment,
  places: ScriptPlaces,
): PlacedFinding[] {
  const { verdict, findings } = assessment.diagnosis;
  if (!isTrouble(run.label) || verdict.label !== run.label || verdict.confidence < SURE) return [];
  const heeded = new Set(run.symptoms.map(({ id }) => id));
  return findings.flatMap((finding) => {
    if (finding.severity === 'info' || finding.family !== run.label || !heeded.has(finding.id)) return [];
    const range = placeOf(finding.id, places);
    return range ? [{ finding, range, remedies: remediesFor(finding.id, assessment) }] : [];
  });
}

function isTrouble(label: Label | null): boolean {
  return label === 'overfitting' || label === 'underfitting' || label === 'unstable';
}

function placeOf(id: SymptomId, places: ScriptPlaces): Range | null {
  const kind = symptomPlaces[id].find((one) => places[one] !== null);
  return kind === undefined ? null : places[kind];
}

function remediesFor(id: SymptomId, { remedies }: Assessment): TechniqueId[] {
  return remedies
    .filter(({ technique, fixes }) => fixes.includes('python') && catalogue[technique].helps.includes(id))
    .map(({ technique }) => technique)
    .slice(0, MOST_REMEDIES);
}
