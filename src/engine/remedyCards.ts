import type { Diagnosis, SymptomId } from '../analysis/diagnosis';
import type { Assessment, OtherTechnique, RemedyCard } from '../protocol';
import { catalogue } from '../remedies/catalogue';
import { withTold, type Told } from '../remedies/context';
import { profiles } from '../remedies/profiles';
import { rankRemedies, withoutFindings } from '../remedies/rank';
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

/**
 * An assessment by what script and config say of the training, and with remedies only for what the user does not say is
 * not so. The same one where all that is nothing new.
 */
export function assessedFor(
  assessment: Assessment,
  told: Told,
  dismissed: ReadonlySet<SymptomId> = new Set(),
): Assessment {
  const context = withTold(assessment.context, told);
  const open = withoutFindings(assessment.diagnosis, dismissed);
  const same = context.kind === assessment.context.kind && !context.script;
  if (same && open === assessment.diagnosis) return assessment;
  return { ...assessment, context, remedies: remedyCards(open, context) };
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
