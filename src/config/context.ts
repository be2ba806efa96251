import type { Dialect, Task } from './dialects/dialect';
import { isNone, leafOf, switchOf, type ConfigDocument } from './entry';
import { shows } from './recognise';
import type { Setting } from './settings';
import type { TrainingConfig } from './training';

/** `optim: adamw_torch`, `optimizer: {type: SGD}`, `_target_: torch.optim.SGD`, `class_path: …AdamW`, in lower case. */
export function optimizerOf({ entries }: ConfigDocument, settings: readonly Setting[]): string | null {
  const named = settings.find(
    ({ concept, entry }) => concept === 'optimizer' && typeof entry.value === 'string',
  );
  if (named) return String(named.entry.value).toLowerCase();
  const handed = settings.find(
    ({ concept, target }) =>
      (concept === 'weight-decay' || concept === 'learning-rate') &&
      target !== null &&
      /optim|adam|sgd/i.test(target),
  );
  if (handed) return handed.target!.toLowerCase();
  const names = new Set(['optim', 'optimizer', 'optimizer_name', 'opt']);
  const inside = new Set(['type', 'name', '_target_', '_component_', 'class_path']);
  const found = entries.find((entry) => {
    const leaf = leafOf(entry);
    const parent = entry.path.at(-2)?.toLowerCase() ?? '';
    return names.has(leaf) || (inside.has(leaf) && parent.startsWith('optim'));
  });
  return typeof found?.value === 'string' ? found.value.toLowerCase() : null;
}

/** Whether the decay is a part of the gradient, so that its usual values are a hundredth of AdamW's. */
export function isSgd(optimizer: string | null): boolean {
  return /\bsgd|momentum|nesterov/.test(optimizer ?? '');
}

/** What is trained: as the file says, else as the dialect does. Null where neither tells. */
export function taskOf(
  config: Pick<TrainingConfig, 'settings' | 'dialect' | 'document' | 'inherited'>,
): Task | null {
  const settings = [...config.settings, ...config.inherited.settings];
  const stage = settings.find(({ concept }) => concept === 'stage')?.entry;
  if (typeof stage?.value === 'string') {
    const named = stages[stage.value.toLowerCase()];
    if (named) return named;
  }
  if (isOnAdapters(settings)) return config.dialect.task === 'generation' ? 'generation' : 'finetuning';
  if (/\b(dpo|orpo|kto|reward)_?trainer\b|\bDPOConfig\b/i.test(config.document.text)) return 'preference';
  const other = config.dialect.taskWhere?.find(([clue]) => shows(config.document, clue));
  return other?.[1] ?? config.dialect.task ?? null;
}

const stages: Readonly<Record<string, Task>> = {
  pt: 'pretraining',
  scratch: 'pretraining',
  sft: 'finetuning',
  gpt2: 'finetuning',
  'gpt2-medium': 'finetuning',
  'gpt2-large': 'finetuning',
  'gpt2-xl': 'finetuning',
  rm: 'preference',
  dpo: 'preference',
  kto: 'preference',
  orpo: 'preference',
  ipo: 'preference',
  simpo: 'preference',
  ppo: 'reinforcement',
  grpo: 'reinforcement',
};

/** LoRA and the like: only small additions to a model are trained, which overfit and decay otherwise. */
export function isOnAdapters(settings: readonly Setting[]): boolean {
  return settings.some(({ concept, entry }) => {
    if (concept === 'lora-dropout') return true;
    if (concept !== 'adapter' || isNone(entry)) return false;
    if (typeof entry.value === 'string') return /lora|dora|adapter|oft|ia3/i.test(entry.value);
    return switchOf(entry) === true || typeof entry.value === 'number';
  });
}

/** The usual range where the framework scales the decay itself; only for its own optimizers where those are named. */
export function scaleOf({ decayRange, decayOf }: Dialect, optimizer: string | null): Dialect['decayRange'] {
  return decayOf && optimizer !== null && !decayOf.test(optimizer) ? undefined : decayRange;
}
