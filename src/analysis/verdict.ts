import type { Finding, SymptomId, Verdict } from './diagnosis';
import { LABELS, type Probabilities } from './classifier';
import { combine, strengthOf, type Strength } from './combine';
import { endLevel, qualityHolds } from './measure';
import type { RunView } from './pairing';
import { shortage } from './shortage';
import { number, percent, valueOf, where } from './wording';

/**
 * Below it no word is better than a wrong one: of the verdicts on unseen programs with less, every second was wrong.
 */
const MIN_AGREEMENT = 0.6;

/** Share of the network's overfitting that counts as health where the quality on validation data holds. */
const HOLDS = 0.9;

/** The network's probability from which on it lifts an information of the same family to the verdict. */
export const SURE = 0.85;

/**
 * The one word for a run: what the leading finding says, weighed against the network (see `combine`); `undetermined`, with why,
 * when there is too little or the two disagree.
 * @param findings as `detect` orders them: the first leads
 * @param network its probabilities; null when it is not loaded, then the detectors decide alone
 */
export function decide(view: RunView, findings: readonly Finding[], network: Probabilities | null): Verdict {
  const { lead, label, strength, model } = opinionOf(view, findings, network);
  const probabilities = combine(label, strength, model);

  const tooLittle =
    lead?.severity === 'error' ? null : shortage(view, lead !== undefined, model?.healthy ?? 0);
  if (tooLittle) return { label: 'undetermined', confidence: 0, probabilities, why: tooLittle };
  const confidence = probabilities[label];
  if (confidence < MIN_AGREEMENT && model) {
    const other = top(model);
    const why =
      (lead ? `The detectors find ${lead.id}` : 'No detector finds a fault') +
      `, but the shape of the curves looks ${other} to the network (${percent(model[other])}).`;
    return { label: 'undetermined', confidence: 0, probabilities, why };
  }
  return { label, confidence, probabilities, why: lead?.message ?? healthyWhy(view) };
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
  const model = network && heard(view, loud, network);
  const lead = loud ?? (model ? promoted(view, findings, model) : undefined);
  const strength = strengthOf(lead, lead !== loud, findings);
  return { lead, label: lead?.family ?? 'healthy', strength, model };
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
 * The network looks at losses: without any it has nothing to say. Where the quality on validation data is as good as
 * ever, most of what it holds for overfitting is the price of a confident network, and as good as health.
 */
function heard(view: RunView, loud: Finding | undefined, network: Probabilities): Probabilities | null {
  if (!view.train && !view.val) return null;
  if (loud?.family === 'overfitting' || qualityHolds(view) !== true) return network;
  const moved = HOLDS * network.overfitting;
  return { ...network, overfitting: network.overfitting - moved, healthy: network.healthy + moved };
}

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
