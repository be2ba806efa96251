import * as l10n from '@vscode/l10n';
import { spelled } from '../model/nodes';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';

/** What a script does that new parameter groups or a new class upset. */
export function decayNotes(split: boolean, script: Script): string[] {
  return split ? [...general(script), ...ofGroups(script)] : [...general(script)];
}

export const adapters = (): string => l10n.t('Adapters are usually trained without weight decay.');

/** Low-rank adapters beside frozen weights. */
export const trainsAdapters = oncePer(({ calls }: Script): boolean =>
  calls.some(({ path }) => /(^|\.)get_peft_model$/.test(path)),
);

const general = oncePer((script: Script): readonly string[] => {
  const notes = [
    l10n.t('Compare the validation loss of the next run: the gap to the training loss should narrow.'),
  ];
  if (trainsAdapters(script)) notes.push(adapters());
  return notes;
});

const ofGroups = oncePer((script: Script): readonly string[] => {
  const notes: string[] = [];
  const indexed = script.text.source.includes('param_groups');
  if (indexed && script.subscripts.some((node) => /\.param_groups\[\d+\]$/.test(spelled(node))))
    notes.push(
      l10n.t('This script addresses param_groups by index: it has two groups now, so change that too.'),
    );
  if (script.calls.some((call) => call.name === 'load_state_dict' && /opt/i.test(call.receiver?.text ?? '')))
    notes.push(
      l10n.t('An optimizer state that was saved before has one group and can not be loaded any more.'),
    );
  return notes;
});
