import type { TrainingKind } from '../remedies/remedy';
import type { Task } from './dialects/dialect';
import type { TrainingConfig } from './training';

/** What a task says of the kind of training. The dialects that pretrain are those of language models, the one that generates is of diffusion. */
const kinds: Readonly<Partial<Record<Task, TrainingKind>>> = {
  pretraining: 'llm-pretraining',
  finetuning: 'fine-tuning',
  preference: 'fine-tuning',
  reinforcement: 'reinforcement',
  classification: 'vision',
  detection: 'vision',
  generation: 'diffusion',
};

/** The kind of training that a config describes; null where it does not say. A config of no known dialect never does. */
export function kindOfConfig({
  task,
  dialect,
}: Pick<TrainingConfig, 'task' | 'dialect'>): TrainingKind | null {
  return task === null || dialect.soft ? null : (kinds[task] ?? null);
}
