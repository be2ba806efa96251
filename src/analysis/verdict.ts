import type { Finding, SymptomId, Verdict } from './diagnosis';
import { LABELS, type Probabilities } from './classifier';
import { combine, strengthOf, type Strength } from './combine';
import type { RunView } from './pairing';
import { shortage } from './shortage';
import { number, percent, valueOf, where } from './wording';

/** Below it the layers disagree so strongly that no word is better than a wrong one. */
const MIN_AGREEMENT = 0.5;

/** The network's probability from which on it lifts an information of the same family to the verdict. */
export const SURE = 0.85;

/**
 * The one word for a run: what the leading finding says, weighed against the network (see `combine`); `undetermined`, with why,
 * when there is too little or the two disagree.
 * @param findings as `detect` orders them: the first leads
 * @param model the network's probabilities; null when it is not loaded, then the detectors decide alone
 */
export function decide(view: RunView, findings: readonly Finding[], model: Probabilities | null): Verdict {
  const { lead, label, strength } = opinionOf(findings, model);
  const probabilities = combine(label, strength, model);

  const tooLittle = lead?.severity === 'error' ? null : shortage(view, lead !== undefined);
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

/** What the detectors answer, and how strongly. */
export function opinionOf(
  findings: readonly Finding[],
  model: Probabilities | null,
): { lead: Finding | undefined; label: keyof Probabilities; strength: Strength } {
  const loud = findings.find((finding) => finding.severity !== 'info');
  const lead = loud ?? promoted(findings, model);
  const strength = strengthOf(lead, lead !== loud, findings);
  return { lead, label: lead?.family ?? 'healthy', strength };
}

/**
 * Information becomes the verdict where the network is as good as sure of the same family. Not for a run that still
 * improves a little: whether it was stopped too early is a matter of plans, which no curve shows; nor for a flat loss,
 * which a run on the floor of its task has too. Nor for what is as
 * common in good health (a gap that dropout makes, an evaluation that jumps), nor for a single spike that recovered.
 */
function promoted(findings: readonly Finding[], model: Probabilities | null): Finding | undefined {
  return model ? findings.find((finding) => mayLead(finding) && model[finding.family] >= SURE) : undefined;
}

function mayLead({ id, evidence }: Finding): boolean {
  if (id === 'loss-spike') return (evidence.spikes ?? 0) > 1;
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
