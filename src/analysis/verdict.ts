import * as l10n from '@vscode/l10n';
import { listed } from '../listed';
import type { Finding, SymptomId, Verdict } from './diagnosis';
import { LABELS, type Probabilities } from './classifier';
import { combine, strengthOf, type Strength } from './combine';
import type { Curve } from './curve';
import { endLevel, firstLevel, isPositive, lastLevel } from './measure';
import type { RunView } from './pairing';
import { shortage } from './shortage';
import { suspect } from './suspicions/suspect';
import { symptomTitle } from './symptomNotes';
import { nameOf, percent, quoted, valueOf, where } from './wording';
import { labelWord } from './words';

/**
 * Below it no word is better than a wrong one: of the verdicts of health on unseen programs between 0.6 and 0.7 more than
 * one in three was wrong.
 */
const MIN_AGREEMENT = 0.7;

/** The network's probability from which on it lifts an information of the same family, or a suspicion, to the verdict. */
const SURE = 0.9;

/** The verdict, and the finding that it rests on: one of the detectors', or a suspicion; null without a fault. */
export interface Decision {
  verdict: Verdict;
  lead: Finding | null;
}

/**
 * The one word for a run: what the leading finding says, weighed against the network (see `combine`); `undetermined`, with why,
 * when there is too little or the two disagree.
 * @param findings as `detect` orders them: the first leads
 * @param network its probabilities; null when it is not loaded, then the detectors decide alone
 */
export function decide(view: RunView, findings: readonly Finding[], network: Probabilities | null): Decision {
  const { lead, label, strength, model } = opinionOf(view, findings, network);
  const probabilities = combine(label, strength, model);
  const undetermined = (why: string): Decision => ({
    verdict: { label: 'undetermined', confidence: 0, probabilities, why },
    lead: null,
  });

  const tooLittle =
    lead?.severity === 'error' ? null : shortage(view, lead !== undefined, model?.healthy ?? 0);
  if (tooLittle) return undetermined(tooLittle);
  const confidence = probabilities[label];
  if (confidence < MIN_AGREEMENT && model) {
    const other = top(model);
    return undetermined(disputed(lead, findings, labelWord(other), percent(model[other])));
  }
  const why = lead?.message ?? healthyWhy(view, findings);
  return { verdict: { label, confidence, probabilities, why }, lead: lead ?? null };
}

/** What the detectors answer, how strongly, and what the network says in the light of what it does not see. */
export function opinionOf(
  view: RunView,
  findings: readonly Finding[],
  network: Probabilities | null,
): {
  lead: Finding | undefined;
  label: keyof Probabilities;
  strength: Strength;
  model: Probabilities | null;
} {
  const loud = loudest(findings, network);
  const model = understood(view) ? network : null;
  const lead = loud ?? (model ? (promoted(view, findings, model) ?? suspected(view, model)) : undefined);
  const strength = strengthOf(lead, lead !== loud, findings);
  return { lead, label: lead?.family ?? 'healthy', strength, model };
}

/**
 * The network looks at losses: without any it has nothing to say. Nor of losses at or below zero, which have no ratios: it
 * knows too few of them, and calls half of them what they are not.
 */
function understood({ train, val }: RunView): boolean {
  const losses = [train, val].filter((curve) => curve !== null);
  return losses.length > 0 && losses.every(isPositive);
}

/** No detector names what the network is sure of: what in the curves comes nearest to it, if anything does. */
function suspected(view: RunView, model: Probabilities): Finding | undefined {
  const family = top(model);
  if (family === 'healthy' || model[family] < SURE) return undefined;
  return suspect(view, family) ?? undefined;
}

/**
 * The finding that leads: the first by precedence, except that among warnings and errors of several families the network
 * has the choice. A loss that is no number, or that left, is beyond dispute.
 */
function loudest(findings: readonly Finding[], network: Probabilities | null): Finding | undefined {
  const loud = findings.filter((finding) => finding.severity !== 'info');
  const [first] = loud;
  if (!first || !network || (first.severity === 'error' && beyondDispute.has(first.id))) return first;
  return loud.reduce((best, one) => (network[one.family] > network[best.family] ? one : best));
}

const beyondDispute: ReadonlySet<SymptomId> = new Set(['non-finite', 'divergence', 'never-learned']);

/**
 * Information becomes the verdict where the network is as good as sure of the same family. Not what is as common in good
 * health (a gap that dropout makes, an evaluation that jumps), no single spike that recovered, and no best that is the
 * lowest of many noisy values. The training of the model prints how often each was right.
 */
function promoted(view: RunView, findings: readonly Finding[], model: Probabilities): Finding | undefined {
  return findings.find((finding) => mayLead(view, finding) && model[finding.family] >= SURE);
}

function mayLead({ run, val }: RunView, { id, evidence }: Finding): boolean {
  // Of a log that does not say that it is over nobody knows whether it was stopped.
  if (id === 'still-improving' && run.status !== 'finished' && run.status !== 'crashed') return false;
  if (id === 'loss-spike') return (evidence.spikes ?? 0) > 1;
  if (id === 'past-the-optimum' || (id === 'generalisation-gap' && 'ratio' in evidence)) {
    if (!val || endLevel(val) - val.smooth[val.best]! < 3 * val.noise) return false;
  }
  if (standsStill.has(id)) {
    // A loss alone that stands still is as often a fine-tuning in good health, or the floor of its task.
    const accuracy = evidence.accuracy ?? evidence.bestAccuracy;
    if (accuracy === undefined) return 'chanceLevel' in evidence;
    // More right than wrong may be all that a hard question allows.
    if (id !== 'never-learned' && accuracy >= 0.5) return false;
  }
  return promotable.has(id);
}

/** What a loss does in good health, too, once it has come to rest. */
const standsStill: ReadonlySet<SymptomId> = new Set(['plateau', 'high-bias', 'never-learned']);

/** What says something bad even where it is too small for a warning. */
const promotable: ReadonlySet<SymptomId> = new Set([
  'val-loss-rising',
  'past-the-optimum',
  'generalisation-gap',
  'memorised',
  'gradient-explosion',
  'warmup-missing',
  'overconfidence',
  'never-learned',
  'plateau',
  'high-bias',
  'still-improving',
]);

/** The detectors and the network disagree. @param looks what the network says, and how sure it is */
function disputed(
  lead: Finding | undefined,
  findings: readonly Finding[],
  ...looks: [string, string]
): string {
  if (lead)
    return l10n.t(
      'The detectors find {0}, but the classifier calls the shape of the curves {1} ({2}): where the two disagree, there is no verdict.',
      ...[quoted(symptomTitle(lead.id)), ...looks],
    );
  return findings.length === 0
    ? l10n.t(
        'The detectors find no fault, but the classifier calls the shape of the curves {0} ({1}): where the two disagree, there is no verdict.',
        ...looks,
      )
    : l10n.t(
        'The detectors find no more than a remark ({0}), but the classifier calls the shape of the curves {1} ({2}): where the two disagree, there is no verdict.',
        ...[titles(findings), ...looks],
      );
}

function healthyWhy(view: RunView, findings: readonly Finding[]): string {
  const went = wentText(view);
  return findings.length === 0
    ? l10n.t('{0}, and the detectors find no fault.', went)
    : l10n.t('{0}, and the detectors find no more than a remark ({1}).', went, titles(findings));
}

function wentText({ train, val }: RunView): string {
  const curves = [train, val].filter((curve) => curve !== null).filter(({ y }) => y.length > 1);
  // A perplexity is no loss and goes by its own name, and so does what stands beside it.
  if (curves.some(({ series }) => series.name === 'perplexity')) {
    const each = curves.map((curve) =>
      l10n.t('{0} went from {1} to {2} (best {3} at {4})', nameOf(curve), ...courseOf(curve)),
    );
    return listed(each);
  }
  const [ofTrain, ofVal] = [train, val].map((curve) =>
    curve && curve.y.length > 1 ? courseOf(curve) : null,
  );
  if (ofTrain && ofVal)
    return l10n.t(
      'Training loss went from {0} to {1} (best {2} at {3}), validation loss went from {4} to {5} (best {6} at {7})',
      ...[...ofTrain, ...ofVal],
    );
  return ofTrain
    ? l10n.t('Training loss went from {0} to {1} (best {2} at {3})', ...ofTrain)
    : l10n.t('Validation loss went from {0} to {1} (best {2} at {3})', ...(ofVal ?? []));
}

/** First and last level, best value and where. Levels, not single values: of a noisy loss the last one may lie above the first. */
function courseOf(curve: Curve): string[] {
  const { keep, y } = curve;
  const values = [firstLevel(curve), lastLevel(curve), y[keep]!].map((value) => valueOf(curve, value));
  return [...values, where(curve, keep)];
}

function titles(findings: readonly Finding[]): string {
  return listed(findings.map(({ id }) => symptomTitle(id)));
}

function top(probabilities: Probabilities): keyof Probabilities {
  return LABELS.reduce((best, label) => (probabilities[label] > probabilities[best] ? label : best));
}
