/**
 * FC902 Average of weights is never used.
 *
 * An average that is updated at each step, and then neither evaluated nor saved, costs time and memory and does nothing.
 * Only for a plain name: an attribute may be read from another file.
 */
import * as l10n from '@vscode/l10n';
import type { Script } from '../../model/script';
import { outermostLoop } from '../../averaging/site';
import { swapModel } from '../../averaging/swap';
import { takeUp } from '../../averaging/takeUp';
import { enclosingFunction, statementAround } from '../../model/nodes';
import type { CodeRule, Fix } from '../rule';
import { averages, type Average } from './averages';

export const unusedAverage: CodeRule = {
  code: 'FC902',
  title: 'Average of weights is never used',
  words: /AveragedModel|Ema|EMA|ExponentialMovingAverage/,
  check: (script) =>
    averages(script)
      .filter((one) => one.updates.length > 0 && !isUsed(one, script))
      .map(({ made, name, updates }) => ({
        at: made.node,
        severity: 'warning' as const,
        message: l10n.t(
          '`{0}` is updated and never used: evaluate it, and save its state_dict(), instead of the raw model.',
          name,
        ),
        fix: use({ made, name, updates }, script),
      })),
};

/**
 * The edit that the remedy itself would have made: what is evaluated and saved becomes the average, or, where nothing is
 * in sight, it is saved beside the weights or taken over by the model after the loop.
 */
function use({ made, name, updates }: Average, script: Script): Fix | undefined {
  // Others hold the averaged network in another way.
  if (!/^(AveragedModel|ModelEmaV[23])$/.test(made.name)) return undefined;
  const source = made.args()[0]?.value;
  const model = /^(\w+)(\.module)?$/.exec(source?.text ?? '')?.[1];
  const anchor = statementAround(made.node);
  const [update] = updates;
  if (!source || model === undefined || !update) return undefined;
  const { edits } = swapModel({ model, anchor, average: name, inner: `${name}.module` }, script);
  if (edits.length > 0)
    return { title: l10n.t('Evaluate and save `{0}` instead of `{1}`', name, model), edits, safe: false };
  if (enclosingFunction(update.node)?.id !== enclosingFunction(made.node)?.id) return undefined;
  const loop = outermostLoop(update.node, enclosingFunction(made.node) ?? script.root);
  const taken = takeUp({ model, source: source.text, average: name, loop }, script);
  return typeof taken === 'string'
    ? undefined
    : { title: taken.titled(l10n.t('Use `{0}`', name)), edits: taken.edits, safe: false };
}

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
