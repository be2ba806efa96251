/**
 * FC402 Batch norm with a small batch.
 *
 * Source: Wu and He 2018 (group normalization): the error of batch norm grows below 16 images per device. Accumulating
 * gradients does not help, since the statistics are those of a micro-batch.
 */
import * as l10n from '@vscode/l10n';
import { isAdversarial } from '../../model/subject';
import { batchNorms } from '../networks';
import { lineOf, type CodeRule } from '../rule';
import { trainingBatches } from './loaders';

/** The norm does not learn its statistics from the batch, or from more than one device's. */
const otherwise = /freeze_?bn|FrozenB|SyncB|sync_?bn|sync_batchnorm|frozen_?bn|ghost/i;

export const smallBatch: CodeRule = {
  code: 'FC402',
  title: 'Batch norm with a small batch',
  words: /BatchNorm/,
  check(script) {
    const [first] = batchNorms(script);
    // pix2pix and its kin use one image on purpose, as an instance norm.
    if (!first || otherwise.test(script.text.source) || isAdversarial(script)) return [];
    return trainingBatches(script)
      .filter(({ size }) => size < 16)
      .map(({ node, size }) => ({
        at: node,
        severity: size < 4 ? ('warning' as const) : ('info' as const),
        message: l10n.t(
          'The batch size is {0} in this file, and `{1}` in line {2} takes its statistics from each batch: too few below 16. Use GroupNorm or a larger batch.',
          size,
          first.name,
          lineOf(first.node),
        ),
      }));
  },
};
