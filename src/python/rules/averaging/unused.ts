/**
 * FC902 Average of weights is never used.
 *
 * An average that is updated at each step, and then neither evaluated nor saved, costs time and memory and does nothing.
 * Only for a plain name: an attribute may be read from another file.
 */
import type { Script } from '../../model/script';
import type { CodeRule } from '../rule';
import { averages, type Average } from './averages';

export const unusedAverage: CodeRule = {
  code: 'FC902',
  title: 'Average of weights is never used',
  words: /AveragedModel|Ema|EMA|ExponentialMovingAverage/,
  check: (script) =>
    averages(script)
      .filter((one) => one.updates.length > 0 && !isUsed(one, script))
      .map(({ made, name }) => ({
        at: made.node,
        severity: 'warning' as const,
        message: `\`${name}\` is updated and never used: evaluate it, and save its state_dict(), instead of the raw model.`,
      })),
};

/**
 * Whether a name is read anywhere but where the average is made, updated, moved or asked for being there. Of `ema=ema` in a
 * call only the label goes.
 */
function isUsed({ name, updates }: Average, { text: { source } }: Script): boolean {
  if (!/^\w+$/.test(name)) return true;
  // Handed on under its own name, as a parameter or through a namespace.
  if (/\b(locals|globals|vars)\s*\(/.test(source)) return true;
  const methods = updates.map((one) => one.name).join('|');
  const idle = new RegExp(
    `\\b${name}\\s*=(?!=)|\\b${name}\\.(${methods}|to|cuda|eval|requires_grad_)\\s*\\(|\\bif\\s+(not\\s+)?${name}\\b(\\s+is\\s+(not\\s+)?None)?\\s*:|#[^\\n]*`,
    'g',
  );
  const rest = source.replace(idle, ' ').replace(/^\s*(global|nonlocal)\b.*$/gm, '');
  return new RegExp(`(^|[^\\w.])${name}\\b`).test(rest);
}
