/**
 * FC703 Label smoothing out of range.
 *
 * Source: the seed document (about 0.1 in vision, usually none in language model pretraining). The value is a share of
 * probability: below 0 or from 1 on it is no distribution any more. Above 0.3 it is a warning.
 */
import * as l10n from '@vscode/l10n';
import { shareRule } from '../share';

export const smoothingRange = shareRule({
  code: 'FC703',
  title: 'Label smoothing out of range',
  concepts: ['label-smoothing'],
  info: () => 0.2,
  isFar: (share) => share > 0.3,
  noShare: () => l10n.t('it is a share of probability, from 0 to below 1'),
  tooHigh: () => l10n.t('far above the usual'),
  usual: () => l10n.t('0.1 in classification, 0 in language model pretraining'),
  fixTo: '0.1',
});
