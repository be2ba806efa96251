import * as l10n from '@vscode/l10n';
import type { Diagnosis, Finding, SymptomId } from '../analysis/diagnosis';
import { symptomTitle } from '../analysis/symptomNotes';
import { sentences, spotName } from '../analysis/wording';
import { translated } from '../translated';
import { catalogue } from './catalogue';
import { profiles, type Profile } from './profiles';
import { answersSymptom, lastWhereNothing, withNorm } from './byScript';
import type { RankedRemedy, RemedyContext, TechniqueId } from './remedy';

/**
 * Techniques per symptom, in the order of the seed document's own advice: what it ties to the symptom most directly
 * first, cheap before dear ("grad clip, lower LR, longer warmup"; "more reg or more data"; "less reg, more capacity").
 */
export const answers: Readonly<Record<SymptomId, readonly TechniqueId[]>> = {
  'non-finite': ['gradient-clipping', 'lower-lr', 'longer-warmup', 'nan-filter'],
  divergence: ['gradient-clipping', 'lower-lr', 'longer-warmup', 'pre-norm', 'layer-norm'],
  'loss-spike': ['gradient-clipping', 'lower-lr', 'longer-warmup', 'modern-recipe'],
  'val-loss-rising': [
    'early-stopping',
    'weight-decay',
    'dropout',
    'data-augmentation',
    'label-smoothing',
    'more-data',
  ],
  'past-the-optimum': ['early-stopping', 'weight-decay', 'ema', 'data-augmentation', 'dropout', 'more-data'],
  'generalisation-gap': ['data-augmentation', 'weight-decay', 'dropout', 'more-data', 'mixup'],
  overconfidence: ['label-smoothing', 'mixup', 'early-stopping'],
  memorised: ['data-augmentation', 'weight-decay', 'dropout', 'more-data', 'early-stopping'],
  'validation-too-good': ['practical-advice'],
  'never-learned': [
    'practical-advice',
    'less-regularisation',
    'more-capacity',
    'longer-warmup',
    'batch-norm',
  ],
  plateau: ['less-regularisation', 'more-capacity', 'lower-lr', 'knowledge-distillation', 'practical-advice'],
  'high-bias': ['more-capacity', 'less-regularisation', 'practical-advice'],
  'over-regularised': ['less-regularisation', 'more-capacity'],
  'still-improving': ['less-regularisation'],
  oscillation: ['lower-lr', 'gradient-clipping', 'longer-warmup', 'ema'],
  'val-jitter': ['ema', 'layer-norm', 'lower-lr'],
  'gradient-explosion': ['gradient-clipping', 'lower-lr', 'longer-warmup', 'pre-norm'],
  'gradient-vanishing': ['batch-norm', 'pre-norm', 'layer-norm', 'practical-advice'],
  'warmup-missing': ['longer-warmup', 'lower-lr', 'gradient-clipping', 'pre-norm'],
};

/**
 * Techniques for a diagnosis, best first: those for the leading finding, then what the others add. Empty for a
 * healthy run, whose findings are remarks: a recipe that works is not to be touched. So are those of a run of which nothing
 * is determined, unless one is more than a remark.
 */
export function rankRemedies(diagnosis: Diagnosis, context: RemedyContext): RankedRemedy[] {
  const found: Omit<RankedRemedy, 'rank'>[] = [];
  const profile = profiles[context.kind];
  const ruledOut = new Set<TechniqueId>(profile.unfit);
  if (!context.hasValidation) ruledOut.add('early-stopping');
  if (context.framework !== 'transformers') ruledOut.add('nan-filter');
  for (const finding of troubles(diagnosis)) {
    for (const id of withNorm(inOrder(finding.id, profile), finding.id, context)) {
      if (ruledOut.has(id) || found.some(({ technique }) => technique === id)) continue;
      const { section, fixes } = catalogue[id];
      found.push({ technique: id, why: whyHere(id, finding, profile), section, fixes });
    }
  }
  return lastWhereNothing(found, context).map((one, i) => ({ ...one, rank: i + 1 }));
}

/** The findings that ask for a remedy. */
function troubles({ verdict: { label }, findings }: Diagnosis): readonly Finding[] {
  if (label === 'healthy' || (label === 'undetermined' && onlyRemarks(findings))) return [];
  return findings;
}

function onlyRemarks(findings: readonly Finding[]): boolean {
  return findings.every(({ severity }) => severity === 'info');
}

/**
 * A diagnosis without some of its findings; the same one where it has none of them. Of remarks alone nothing is left: what
 * is no trouble by itself asks for no remedy.
 */
export function withoutFindings(diagnosis: Diagnosis, away: ReadonlySet<SymptomId>): Diagnosis {
  const left = diagnosis.findings.filter(({ id }) => !away.has(id));
  if (left.length === diagnosis.findings.length) return diagnosis;
  return { ...diagnosis, findings: onlyRemarks(left) ? [] : left };
}

/** The answers to a symptom in the order for a kind of training, which may have answers of its own. */
function inOrder(symptom: SymptomId, { first = [], last = [] }: Profile): TechniqueId[] {
  const usual = answers[symptom];
  const own = first.filter((id) => usual.includes(id) || answersSymptom(id, symptom));
  const rest = usual.filter((id) => !own.includes(id));
  return [...own, ...rest.filter((id) => !last.includes(id)), ...rest.filter((id) => last.includes(id))];
}

/** Why this technique for this run: the seed document's reason beside the run's own number. */
function whyHere(id: TechniqueId, finding: Finding, { title, values }: Profile): string {
  const value = values?.[id];
  const reason = translated(reasonsFor[finding.id]?.[id] ?? reasons[id] ?? catalogue[id].what);
  const usual =
    value === undefined ? [] : [l10n.t('Usual in {0}: {1}.', translated(title), translated(value))];
  return sentences([reason, hereText(finding), ...usual]);
}

function hereText({ id, onset, best }: Finding): string {
  const found = symptomTitle(id);
  if (onset && best)
    return l10n.t('Here: {0} since {1} (best at {2}).', ...[found, spotName(onset), spotName(best)]);
  if (onset) return l10n.t('Here: {0} since {1}.', found, spotName(onset));
  return best ? l10n.t('Here: {0} (best at {1}).', found, spotName(best)) : l10n.t('Here: {0}.', found);
}

/**
 * Why the technique, shorter than the catalogue's description: what is true of every symptom that it answers, in
 * whichever family it leads.
 */
export const reasons: Readonly<Partial<Record<TechniqueId, string>>> = {
  'early-stopping':
    'Nothing after the best validation loss made the model better on new data, so keep that checkpoint and stop.',
  'weight-decay':
    'Low training loss beside a higher validation loss asks for more regularisation, and this is one argument.',
  dropout:
    'Low training loss beside a higher validation loss asks for more regularisation; it keeps neurons from co-adapting.',
  'data-augmentation': 'The network has learned its examples by heart; changed copies give it more of them.',
  'label-smoothing':
    'Validation loss rises fastest where the network is wrong and certain; softer targets take that away.',
  'more-data': 'A gap between training and validation closes with data before anything else.',
  ema: 'An average over the latest weights swings less than any of them, and often does better on new data.',
  'gradient-clipping':
    'One explosive batch can throw the weights away; a cap on the gradient norm is cheap insurance.',
  'lower-lr':
    'Steps too large for the loss surface are the usual cause of a loss that jumps, swings or leaves.',
  'longer-warmup':
    'Early steps at full learning rate act on optimizer statistics that are still poor; it helps most where the trouble begins early.',
  'less-regularisation': 'Training loss itself stays high, so what holds it back comes off first.',
  'more-capacity': 'Training loss itself stays high: the model may be too small for the task.',
  'practical-advice':
    'A loss that does not fall as it should is more often a bug than a small model: reproduce a reference recipe first.',
};

/** The reason where a symptom asks for the technique for another cause than the usual one. */
export const reasonsFor: Readonly<
  Partial<Record<SymptomId, Readonly<Partial<Record<TechniqueId, string>>>>>
> = {
  plateau: {
    'lower-lr':
      'Steps that are too large keep a loss bouncing above what smaller ones reach: where the loss drops with the rate, they were the cause.',
  },
  'over-regularised': {
    'less-regularisation':
      'Training loss stays above validation loss, so what works in training only (dropout, augmentation, label smoothing) may be too strong.',
    'more-capacity':
      'Where training stays behind with less regularisation, too, the model may be too small for the task.',
  },
  'still-improving': {
    'less-regularisation':
      'The loss was still falling when the run stopped: train longer first; with less to hold it back it also falls faster.',
  },
  'validation-too-good': {
    'practical-advice':
      'Validation better than training may be a leak or an easier split: compare how a reference recipe splits and evaluates.',
  },
};
