import { LABELS, type Classifier, type Probabilities } from '../../classifier';
import { detect } from '../../detect';
import type { Finding, Stopping, Verdict } from '../../diagnosis';
import { features } from '../../features';
import { viewRun, type RunView } from '../../pairing';
import { stoppingOf } from '../../stopping';
import { decide } from '../../verdict';
import type { Example } from '../examples';
import type { Answered } from './score';

/** An example with the answers of both layers, apart and together. */
export interface Judged {
  example: Example;
  view: RunView;
  findings: Finding[];
  detectors: Verdict;
  model: Probabilities | null;
  both: Verdict;
  lead: Finding | null;
  stopping: Stopping | null;
}

/** Runs both layers. */
export async function judge(examples: readonly Example[], classifier: Classifier): Promise<Judged[]> {
  const views = examples.map(({ run }) => viewRun(run));
  const answers = await classifier.predict(views.map((view) => features(view)));
  return examples.map((example, i) => {
    const view = views[i]!;
    const findings = detect(view);
    const model = view.kind === 'supervised' ? answers[i]! : null;
    return {
      example,
      view,
      findings,
      detectors: decide(view, findings, null).verdict,
      model,
      ...together(view, findings, model),
    };
  });
}

function together(
  view: RunView,
  findings: Finding[],
  model: Probabilities | null,
): Pick<Judged, 'both' | 'lead' | 'stopping'> {
  const { verdict, lead } = decide(view, findings, model);
  return { both: verdict, lead, stopping: stoppingOf(view, verdict.label) };
}

/** Answers beside the truth. */
export function answered(
  judged: readonly Judged[],
  answer: (one: Judged) => Pick<Verdict, 'label' | 'confidence'>,
): Answered[] {
  return judged.map((one) => {
    const { label, confidence } = answer(one);
    return { truth: one.example.label, label, confidence, program: one.example.program };
  });
}

/** The network's own answer: its most probable label. */
export function modelAnswer({ model }: Judged): Pick<Verdict, 'label' | 'confidence'> {
  if (!model) return { label: 'undetermined', confidence: 0 };
  const label = LABELS.reduce((best, l) => (model[l] > model[best] ? l : best));
  return { label, confidence: model[label] };
}
