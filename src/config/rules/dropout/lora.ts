/**
 * FC915 LoRA dropout above the usual.
 *
 * Source: the LoRA and QLoRA papers (0 to 0.1, 0.05 for large models); the defaults of peft, axolotl and LLaMA-Factory are 0.
 */
import * as l10n from '@vscode/l10n';
import { numberOf } from '../../entry';
import { finding, inThisFile, replaceValue, type ConfigRule } from '../rule';

const USUAL = 0.1;
/** From here on the rule on every dropout speaks. */
const ANY = 0.5;

export const loraDropout: ConfigRule = {
  code: 'FC915',
  title: 'LoRA dropout above the usual',
  check: (config) =>
    config.all('lora-dropout').flatMap((setting) => {
      const share = numberOf(setting.entry);
      if (share === null || share <= USUAL || share > ANY) return [];
      const message = l10n.t(
        '{0}: adapters are small and take 0 to 0.1. More costs quality before it helps; a lower rank or fewer epochs overfit less, too.',
        inThisFile(setting.entry),
      );
      return [finding('FC915', setting, 'hint', message, replaceValue(setting.entry, '0.1', false))];
    }),
};
