import type { Concept, Dialect } from './dialects/dialect';
import { dialects } from './dialects/all';
import { leafOf, type ConfigDocument, type Entry } from './entry';

/** A config that is known to describe a training, with its settings by meaning. */
export interface TrainingConfig {
  readonly dialect: Dialect;
  readonly settings: readonly { concept: Concept; entry: Entry }[];
  /** Name of the optimizer in lower case, where the file tells it. */
  readonly optimizer: string | null;
}

/** Below these keys the model is described, where `weight_decay` is a field of something else. */
const elsewhere = new Set(['model', 'logging', 'sampling', 'inference', 'generation']);
/** A file with fewer different training settings than this may be anything. */
const ENOUGH = 2;

/**
 * Recognises a training config by its content.
 * @returns null for every other YAML or JSON: a compose file, a lock file, a data set
 */
export function asTraining(document: ConfigDocument): TrainingConfig | null {
  const leaves = new Set(document.entries.map(leafOf));
  const dialect =
    dialects.find(({ evidence }) => evidence.filter((key) => leaves.has(key)).length >= 2) ??
    dialects.at(-1)!;
  const settings = document.entries.flatMap((entry) => {
    const concept = Object.hasOwn(dialect.keys, leafOf(entry)) ? dialect.keys[leafOf(entry)] : undefined;
    return concept ? [{ concept, entry }] : [];
  });
  if (new Set(settings.map(({ concept }) => concept)).size < ENOUGH) return null;
  return { dialect, settings: settings.filter(isOfTheTraining), optimizer: optimizerOf(document) };
}

function isOfTheTraining({ concept, entry }: { concept: Concept; entry: Entry }): boolean {
  return (
    concept === 'dropout' || !elsewhere.has(entry.path[0]?.toLowerCase() ?? '') || entry.path.length === 1
  );
}

/** `optim: adamw_torch`, `optimizer: {type: SGD}`, `_target_: torch.optim.SGD`, `class_path: …AdamW`. */
function optimizerOf({ entries }: ConfigDocument): string | null {
  const names = new Set(['optim', 'optimizer', 'optimizer_name', 'opt']);
  const inside = new Set(['type', 'name', '_target_', '_component_', 'class_path']);
  const found = entries.find((entry) => {
    const leaf = leafOf(entry);
    const parent = entry.path.at(-2)?.toLowerCase() ?? '';
    return names.has(leaf) || (inside.has(leaf) && parent.startsWith('optim'));
  });
  return typeof found?.value === 'string' ? found.value.toLowerCase() : null;
}
