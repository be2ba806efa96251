import type { SymptomId } from '../analysis/diagnosis';
import { catalogue } from './catalogue';
import type { RankedRemedy, RemedyContext, TechniqueId, TrainingKind } from './remedy';

/** Symptoms of a network through which nothing comes. */
const shut: ReadonlySet<SymptomId> = new Set(['never-learned', 'gradient-vanishing'] as const);
/** Kinds whose recipe says where norms stand: what a network like theirs lacks, it lacks on purpose. */
const withRecipe: ReadonlySet<TrainingKind> = new Set([
  ...(['llm-pretraining', 'fine-tuning', 'gan', 'diffusion', 'reinforcement', 'vision-transformer'] as const),
]);

/**
 * The answers to a symptom for a script whose network of several layers has no norm: "always normalise" comes before another size
 * where nothing comes through, and first where it is the gradients that do not.
 */
export function withNorm(
  ids: TechniqueId[],
  symptom: SymptomId,
  { kind, script }: RemedyContext,
): readonly TechniqueId[] {
  const norm = script?.norm ?? null;
  if (norm === null || !shut.has(symptom) || withRecipe.has(kind) || !answersSymptom(norm, symptom))
    return ids;
  const others = ids.filter((id) => id !== norm);
  const before = ids.slice(0, ids.indexOf('more-capacity') + 1);
  return before.includes(norm) ? ids : others.toSpliced(Math.max(0, before.length - 1), 0, norm);
}

/** What takes something away comes last where the script has nothing of it. */
export function lastWhereNothing<T extends Pick<RankedRemedy, 'technique'>>(
  found: T[],
  { script }: RemedyContext,
): T[] {
  if (script?.regularised !== false) return found;
  const takesAway = ({ technique }: T): boolean => technique === 'less-regularisation';
  return [...found.filter((one) => !takesAway(one)), ...found.filter(takesAway)];
}

/** Whether the catalogue names a technique for a symptom. */
export function answersSymptom(id: TechniqueId, symptom: SymptomId): boolean {
  const helps: readonly SymptomId[] = catalogue[id].helps;
  return helps.includes(symptom);
}
