import type { Diagnosis } from '../analysis/diagnosis';
import type { Assessment, OtherTechnique, RemedyCard } from '../protocol';
import { catalogue } from '../remedies/catalogue';
import { withTold, type Told } from '../remedies/context';
import { profiles } from '../remedies/profiles';
import { rankRemedies } from '../remedies/rank';
import type { RemedyContext } from '../remedies/remedy';
import { translated } from '../translated';

/** The remedies for a diagnosis with all their texts in the user's language, best first. */
export function remedyCards(diagnosis: Diagnosis, context: RemedyContext): RemedyCard[] {
  return rankRemedies(diagnosis, context).map((remedy) => {
    const { title, what, typical, cost, check, notWhen, cautions } = catalogue[remedy.technique];
    return {
      ...remedy,
      title: translated(title),
      what: translated(what),
      typical: typical.map(({ context, value }) => ({
        context: translated(context),
        value: translated(value),
      })),
      cost: translated(cost),
      check: translated(check),
      notWhen: translated(notWhen),
      cautions: cautions.map(translated),
    };
  });
}

/** An assessment by what script and config say of the training, too. The same one where they say nothing new. */
export function assessedFor(assessment: Assessment, told: Told): Assessment {
  const context = withTold(assessment.context, told);
  if (context.kind === assessment.context.kind && !context.script) return assessment;
  return { ...assessment, context, remedies: remedyCards(assessment.diagnosis, context) };
}

/** The techniques that are not among the remedies of a run, in the order of the seed document. */
export function otherTechniques({
  remedies,
  context,
}: Pick<Assessment, 'remedies' | 'context'>): OtherTechnique[] {
  const recommended = new Set(remedies.map(({ technique }) => technique));
  const { unfit, title } = profiles[context.kind];
  return Object.values(catalogue)
    .filter(({ id }) => !recommended.has(id))
    .map((one) => ({
      technique: one.id,
      title: translated(one.title),
      what: translated(one.what),
      unfitFor: unfit.includes(one.id) ? translated(title) : null,
    }));
}
