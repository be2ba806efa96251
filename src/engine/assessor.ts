import { createClassifier, type Classifier, type ClassifierOptions } from '../analysis/classifier';
import { diagnose } from '../analysis/diagnose';
import { noteOf } from '../analysis/symptomNotes';
import type { Assessment } from '../protocol';
import { contextOf } from '../remedies/context';
import type { Run } from '../runs/run';
import { remedyCards } from './remedyCards';

export interface AssessorEvents {
  warn(message: string): void;
  /** Called once, before any code of a backend runs; it is waited for. */
  loading?(): Promise<void>;
  /** Called once, with what came of it. */
  loaded?(classifier: Classifier | null): void;
}

/** Diagnoses runs; the classifier (tf.js) is loaded at the first run and kept. */
export class Assessor {
  private classifier: Promise<Classifier | null> | null = null;
  private readonly underWay = new Set<Promise<Assessment>>();

  constructor(
    private readonly options: ClassifierOptions,
    private readonly events: AssessorEvents,
  ) {}

  /** The classifier, or null (told once through `warn`) when no backend loads: the detectors then decide alone. */
  load(): Promise<Classifier | null> {
    this.classifier ??= this.loadOnce();
    return this.classifier;
  }

  /** The verdict, the findings and the ranked remedies of a run as it stands. Never throws on odd runs. */
  async assess(run: Run): Promise<Assessment> {
    const work = this.work(run);
    this.underWay.add(work);
    try {
      return await work;
    } finally {
      this.underWay.delete(work);
    }
  }

  /** Frees the classifier when the assessments under way are done. */
  async dispose(): Promise<void> {
    await Promise.allSettled(this.underWay);
    (await this.classifier)?.dispose();
  }

  private async loadOnce(): Promise<Classifier | null> {
    await this.events.loading?.();
    const classifier = await createClassifier(this.options).catch((error: unknown) => {
      this.events.warn(`the classifier can't be loaded, the detectors decide alone: ${String(error)}`);
      return null;
    });
    this.events.loaded?.(classifier);
    return classifier;
  }

  private async work(run: Run): Promise<Assessment> {
    const classifier = await this.load();
    const diagnosis = await diagnose(run, classifier);
    const context = contextOf(run);
    const remedies = remedyCards(diagnosis, context);
    const notes = Object.fromEntries(diagnosis.findings.map(({ id }) => [id, noteOf(id)]));
    return { diagnosis, notes, context, remedies, backend: classifier?.info ?? null };
  }
}
