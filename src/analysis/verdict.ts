import type { Finding, SymptomId, Verdict } from './diagnosis';
import { LABELS, type Probabilities } from './classifier';
import { combine, strengthOf, type Strength } from './combine';
import { endLevel } from './measure';
import type { RunView } from './pairing';
import { shortage } from './shortage';
import { suspect } from './suspicions/suspect';
import { number, percent, valueOf, where } from './wording';

/**
 * Below it no word is better than a wrong one: of the verdicts on unseen programs with less, every second was wrong.
 */
const MIN_AGREEMENT = 0.7;

/** The network's probability from which on it lifts an information of the same family to the verdict. */
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
    return undetermined(
      (lead ? `The detectors find ${lead.id}` : 'No detector finds a fault') +
        `, but the shape of the curves looks ${other} to the network (${percent(model[other])}).`,
    );
  }
  const why = lead?.message ?? healthyWhy(view);
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
  // The network looks at losses: without any it has nothing to say.
  const model = view.train || view.val ? network : null;
  const lead = loud ?? (model ? (promoted(view, findings, model) ?? suspected(view, model)) : undefined);
  const strength = strengthOf(lead, lead !== loud, findings);
  return { lead, label: lead?.family ?? 'healthy', strength, model };
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

function mayLead({ val }: RunView, { id, evidence }: Finding): boolean {
  if (id === 'loss-spike') return (evidence.spikes ?? 0) > 1;
  if (id === 'past-the-optimum' || (id === 'generalisation-gap' && 'ratio' in evidence)) {
    if (!val || endLevel(val) - val.smooth[val.best]! < 3 * val.noise) return false;
  }
  // More right than wrong may be all that a hard question allows.
  if ((id === 'plateau' || id === 'high-bias') && (evidence.accuracy ?? 0) >= 0.5) return false;
  return promotable.has(id);
}

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

function healthyWhy(view: RunView): string {
  const parts: string[] = [];
  for (const [name, curve] of [
    ['Training', view.train],
    ['validation', view.val],
  ] as const) {
    if (!curve || curve.y.length < 2) continue;
    const subject = parts.length === 0 && name !== 'Training' ? 'Validation' : name;
    const last = curve.smooth.at(-1)!;
    parts.push(
      `${subject} loss went from ${number(curve.y[0]! * curve.sign)} to ${valueOf(curve, last)} ` +
        `(best ${valueOf(curve, curve.y[curve.keep]!)} at ${where(curve, curve.keep)})`,
    );
  }
  return `${parts.join(', ')}, and no detector finds a fault.`;
}

function top(probabilities: Probabilities): keyof Probabilities {
  return LABELS.reduce((best, label) => (probabilities[label] > probabilities[best] ? label : best));
}
