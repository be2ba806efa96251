/**
 * FC303 Dropout probability out of range.
 *
 * Source: the seed document (0.1 in transformers, 0.5 in fully connected layers). It is the share that is dropped:
 * below 0 or from 1 on nothing is left to train. UMLAUT (CHI 2021) warns above 0.5; from 0.8 on it is a warning here.
 */
import { shareRule } from '../share';

export const dropoutRange = shareRule({
  code: 'FC303',
  title: 'Dropout probability out of range',
  concepts: ['dropout', 'lora-dropout', 'drop-path', 'layer-drop', 'drop-connect'],
  info: 0.5,
  isFar: (share) => share >= 0.8,
  noShare: 'it is the share that is dropped, from 0 to below 1',
  tooHigh: 'little is left to learn with',
  usual: '0.1 in transformers, up to 0.5 in fully connected layers',
  fixTo: '0.1',
});
