/**
 * FC303 Dropout probability out of range.
 *
 * Source: the seed document (0.1 in transformers, 0.5 in fully connected layers). It is the share that is dropped:
 * below 0 or from 1 on nothing is left to train. UMLAUT (CHI 2021) warns above 0.5; from 0.8 on it is a warning here.
 * Stochastic depth grows from 0 in the first block to its value in the last: fine-tunings of ConvNeXt take up to 0.95.
 */
import * as l10n from '@vscode/l10n';
import type { Concept } from '../../dialects/dialect';
import { shareRule } from '../share';

const growsWithDepth: ReadonlySet<Concept> = new Set<Concept>(['drop-path', 'drop-connect']);

export const dropoutRange = shareRule({
  code: 'FC303',
  title: 'Dropout probability out of range',
  concepts: ['dropout', 'lora-dropout', 'drop-path', 'layer-drop', 'drop-connect'],
  info: (concept) => (growsWithDepth.has(concept) ? 0.7 : 0.5),
  isFar: (share, concept) => share >= 0.8 && !growsWithDepth.has(concept),
  noShare: () => l10n.t('it is the share that is dropped, from 0 to below 1'),
  tooHigh: () => l10n.t('little is left to learn with'),
  usual: (concept) =>
    growsWithDepth.has(concept)
      ? l10n.t('0.1 to 0.4, more the deeper the network')
      : l10n.t('0.1 in transformers, up to 0.5 in fully connected layers'),
  fixTo: '0.1',
});
