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
/** Mappings of these names belong to services and clusters, whatever their keys are called. */
const foreign = new Set(['environment', 'env', 'labels', 'annotations', 'image', 'images', 'augmentation']);
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
    if (entry.path.some((key) => foreign.has(key.toLowerCase()))) return [];
    const concept = Object.hasOwn(dialect.keys, leafOf(entry)) ? dialect.keys[leafOf(entry)] : undefined;
    return concept ? [{ concept, entry }] : [];
  });
  if (document.isList || !settings.some((one) => conceptsBeside(one.entry, settings) >= ENOUGH)) return null;
  return { dialect, settings: settings.filter(isOfTheTraining), optimizer: optimizerOf(document) };
}

/** How many different settings stand in the same mapping: a training's do, those of a service's environment do not. */
function conceptsBeside({ path }: Entry, settings: TrainingConfig['settings']): number {
  const mapping = path.slice(0, -1).join('\u0000');
  const beside = settings.filter(({ entry }) => entry.path.slice(0, -1).join('\u0000') === mapping);
  return new Set(beside.map(({ concept }) => concept)).size;
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
