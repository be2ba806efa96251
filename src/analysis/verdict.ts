import type { Finding, Label, Verdict } from './diagnosis';
import { LABELS, type Probabilities } from './classifier';
import { MIN_EVALUATIONS, MIN_PROGRESS } from './measure';
import type { Series } from '../runs/series';
import type { RunView } from './pairing';
import { isLossLike, stem } from './roles';
import { number, percent, valueOf, where } from './wording';

/**
 * How much the detectors' answer weighs against the network's, by the severity of the leading finding. An error is
 * a proof and all but decides; a warning and the silence of all detectors leave the network a say.
 * Set by hand to this order, not fitted; the card beside the model says how the combination does.
 */
const TRUST = { error: 0.9, warning: 0.65, info: 0.5, none: 0.5 };

/** How sure the detectors' answer alone is taken to be, by the same severities: set by hand, rather too low. */
const RELIABILITY = { error: 0.97, warning: 0.9, info: 0.8, none: 0.85 };

/** Below it the layers disagree so strongly that no word is better than a wrong one. */
const MIN_AGREEMENT = 0.5;

/** The network's probability from which on it lifts an information of the same family to the verdict. */
const SURE = 0.85;

/** Healthy is said only of a run that had the time to go wrong: points of loss in all. */
const ENOUGH_FOR_HEALTHY = 8;

/**
 * The one word for a run: what the leading finding says, weighed against the network; `undetermined`, with why,
 * when there is too little or the two disagree.
 * @param findings as `detect` orders them: the first leads
 * @param model the network's probabilities; null when it is not loaded, then the detectors decide alone
 */
export function decide(view: RunView, findings: readonly Finding[], model: Probabilities | null): Verdict {
  const lead = findings.find((finding) => finding.severity !== 'info') ?? promoted(findings, model);
  const strength = lead?.severity ?? (findings.length > 0 ? 'info' : 'none');
  const label = lead?.family ?? 'healthy';
  const opinion = spreadOver(label, RELIABILITY[strength]);
  const probabilities = model ? mix(opinion, model, TRUST[strength]) : opinion;

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

/**
 * Information becomes the verdict where the network is as good as sure of the same family. Not for a run that still
 * improves a little: whether it was stopped too early is a matter of plans, which no curve shows. Nor for a flat loss,
 * which a run on the floor of its task has too, nor for a single spike that recovered.
 */
function promoted(findings: readonly Finding[], model: Probabilities | null): Finding | undefined {
  return model ? findings.find((finding) => mayLead(finding) && model[finding.family] >= SURE) : undefined;
}

function mayLead({ id, evidence }: Finding): boolean {
  if (id === 'loss-spike') return (evidence.spikes ?? 0) > 1;
  return id !== 'still-improving' && id !== 'plateau' && id !== 'never-learned';
}

/** Why the run cannot be judged yet, in one sentence; null when it can. */
function shortage(view: RunView, faulty: boolean): string | null {
  const curves = [view.train, view.val].filter((c) => c !== null);
  const quality = view.valQuality ?? view.trainQuality;
  if (curves.length === 0 && !(faulty && quality)) {
    const count = view.run.series.length;
    return `No loss curve was found among the ${count} series of the log${quality ? ', only a quality metric' : ''}.`;
  }
  const most = Math.max(0, ...curves.map((c) => c.y.length), quality && faulty ? quality.y.length : 0);
  if (most < MIN_EVALUATIONS) {
    return `Only ${most} usable points of the loss so far; at least ${MIN_EVALUATIONS} are needed.`;
  }
  if (faulty) return null;
  if (view.kind !== 'supervised') {
    const name = view.kind === 'adversarial' ? 'adversarial training' : 'reinforcement learning';
    return `This looks like ${name} (${view.run.series.length} series), where the loss does not tell how well it goes.`;
  }
  if (view.progress !== null && view.progress < MIN_PROGRESS) {
    return `Only ${percent(view.progress)} of the planned run is done; nothing is said before ${percent(MIN_PROGRESS)}.`;
  }
  const unsplit = view.val ? null : lossWithoutSplit(view);
  if (unsplit) {
    const train = view.train!.series.key;
    return `"${unsplit.key}" has no split; beside "${train}" it may be the validation loss, so healthy is not said without knowing.`;
  }
  if (most < ENOUGH_FOR_HEALTHY) {
    return `Only ${most} points of the loss and no fault so far; healthy is not said before ${ENOUGH_FOR_HEALTHY}.`;
  }
  return null;
}

/** Parts of a total, other forms of one loss and averages of it: what stands beside a training loss by right. */
const BESIDE =
  /perplexity|ppl|nll|entropy|recon|kl|box|bbox|cls|obj|dfl|rpn|mask|reg|aux|ctc|att|distill|penalty|avg|average|mean|running|ema|smooth|total|_step$|_epoch$/i;

/** A second loss that is neither of training nor of validation by name; null when the other losses explain it. */
function lossWithoutSplit(view: RunView): Series | null {
  const train = view.train?.series;
  if (!train || view.train.members.length > 1) return null;
  const others = view.run.series.filter(
    (s) => s !== train && s.split === null && s.length > 1 && isLossLike(s) && stem(s) !== stem(train),
  );
  const sum = others.reduce((total, s) => total + s.values.at(s.length - 1), 0);
  const last = train.values.at(train.length - 1);
  if (others.length > 1 && Math.abs(sum - last) < 0.05 * Math.abs(last)) return null;
  return others.find((s) => !BESIDE.test(s.key)) ?? null;
}

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

function spreadOver(label: Exclude<Label, 'undetermined'>, probability: number): Probabilities {
  const rest = (1 - probability) / (LABELS.length - 1);
  const result: Probabilities = { healthy: rest, overfitting: rest, underfitting: rest, unstable: rest };
  result[label] = probability;
  return result;
}

function mix(a: Probabilities, b: Probabilities, share: number): Probabilities {
  const result = { ...a };
  for (const label of LABELS) result[label] = share * a[label] + (1 - share) * b[label];
  return result;
}

function top(probabilities: Probabilities): keyof Probabilities {
  return LABELS.reduce((best, label) => (probabilities[label] > probabilities[best] ? label : best));
}
