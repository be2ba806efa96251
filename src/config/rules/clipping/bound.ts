/**
 * FC111 Clip bound suspicious.
 *
 * Source: the seed document ("almost always set to 1.0 for transformer training"); YOLO trains with 10, reinforcement
 * learning with 0.5, wav2vec with 10, so a bound outside 0.1 to 10 is worth a remark and never a warning. A negative
 * bound is an error where it reaches torch, which scales every gradient by a negative factor. Many trainers (transformers,
 * DeepSpeed, Megatron, Lightning, fairseq) clip only where the bound is above 0. 0 means "off" in a config.
 */
import * as l10n from '@vscode/l10n';
import { translated } from '../../../translated';
import type { LintSeverity } from '../../../findings/finding';
import type { Dialect } from '../../dialects/dialect';
import { numberOf } from '../../entry';
import { finding, inThisFile, replaceValue, type ConfigRule } from '../rule';

const LOW = 0.1;
const HIGH = 10;
/** A bound from here on measures the norm and is not meant to clip. */
const MEASURES = 1000;
/** How "off" is written by those who write it as a negative bound. */
const OFF = -1;

export const clipBound: ConfigRule = {
  code: 'FC111',
  title: 'Clip bound suspicious',
  check: (config) =>
    config.all('clip-norm').flatMap((setting) => {
      const { entry } = setting;
      const bound = numberOf(entry);
      // Element by element, or by the size of the weights: another scale.
      const isNorm = (config.text('clip-algorithm') ?? 'norm') === 'norm';
      const odd = bound === null || (!isNorm && bound >= 0) ? null : oddity(bound, config.dialect);
      if (odd === null) return [];
      const [severity, why] = odd;
      const message = l10n.t(
        '{0}: {1}. The usual bound on the gradient norm is 1.0 (0.5 in reinforcement learning, 10 in some vision trainers).',
        inThisFile(entry),
        why,
      );
      // A bound that is impossible may be replaced unseen; one that is only unusual may be meant.
      return [finding('FC111', setting, severity, message, replaceValue(entry, '1.0', severity === 'error'))];
    }),
};

function oddity(bound: number, dialect: Dialect): readonly [LintSeverity, string] | null {
  if (bound < 0) {
    // Some trainers take a negative bound for "off".
    if (bound === OFF && (dialect.soft || dialect.negativeClip === 'off')) return null;
    return dialect.negativeClip
      ? [
          'warning',
          l10n.t(
            '{0} clips only where the bound is above 0: nothing is clipped, and 0 says so',
            translated(dialect.title),
          ),
        ]
      : ['error', l10n.t('a negative bound turns every gradient around')];
  }
  if (bound >= MEASURES) return null;
  if (bound > (dialect.clipUpTo ?? HIGH)) return ['info', l10n.t('a bound this high clips almost nothing')];
  return bound > 0 && bound < LOW ? ['info', l10n.t('a bound this low clips almost every step')] : null;
}
