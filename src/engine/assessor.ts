import { createClassifier, type Classifier, type ClassifierOptions } from '../analysis/classifier';
import { diagnose } from '../analysis/diagnose';
import type { Assessment } from '../protocol';
import { catalogue } from '../remedies/catalogue';
import { contextOf } from '../remedies/context';
import { rankRemedies } from '../remedies/rank';
import type { Run } from '../runs/run';

/** Diagnoses runs; the classifier (tf.js) is loaded at the first run and kept. */
export class Assessor {
  private classifier: Promise<Classifier | null> | null = null;

  constructor(
    private readonly options: ClassifierOptions,
    private readonly warn: (message: string) => void,
  ) {}

  /** The classifier, or null (told once through `warn`) when no backend loads: the detectors then decide alone. */
  load(): Promise<Classifier | null> {
    this.classifier ??= createClassifier(this.options).catch((error: unknown) => {
      this.warn(`the classifier can't be loaded, the detectors decide alone: ${String(error)}`);
      return null;
    });
    return this.classifier;
  }

  /** The verdict, the findings and the ranked remedies of a run as it stands. Never throws on odd runs. */
  async assess(run: Run): Promise<Assessment> {
    const classifier = await this.load();
    const diagnosis = await diagnose(run, classifier);
    const ranked = rankRemedies(diagnosis, contextOf(run));
    const remedies = ranked.map((remedy) => {
      const { title, what, typical, cost, check, notWhen, cautions } = catalogue[remedy.technique];
      return { ...remedy, title, what, typical: [...typical], cost, check, notWhen, cautions: [...cautions] };
    });
    return { diagnosis, remedies, backend: classifier?.info ?? null };
  }

  async dispose(): Promise<void> {
    const classifier = await this.classifier;
    classifier?.dispose();
  }
}
