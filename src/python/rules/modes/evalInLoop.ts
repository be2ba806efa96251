/**
 * FC601 eval() in the epoch loop, train() not restored.
 *
 * After the first validation the model stays in evaluation mode: no dropout, and batch norms that no longer learn, from
 * the second epoch on. Source: a real script; a mode that another call restores, and models that are never trained
 * (teachers, averages), were the false ones.
 */
import * as l10n from '@vscode/l10n';
import { insertBefore } from '../../edit/insert';
import { bodyOf, enclosing, enclosingFunction, isInside } from '../../model/nodes';
import { isKerasFile } from '../../model/framework';
import { callsIn, type Script } from '../../model/script';
import type { ModeSwitch } from '../../model/training';
import type { Node } from '../../parser';
import { isUnder, pointsIn } from '../around';
import { lineOf, type CodeRule, type Found } from '../rule';

export const evalInLoop: CodeRule = {
  code: 'FC601',
  title: 'eval() in the epoch loop, train() not restored',
  words: /\.eval\s*\(/,
  check(script) {
    if (isKerasFile(script)) return [];
    return script.modes.filter(({ mode }) => mode === 'eval').flatMap((one) => inLoop(one, script));
  },
};

/** Models that are only asked, and things that are no models. */
const notTrained =
  /ema|teacher|target|ref|frozen|avg|swa|averag|vgg|lpips|incep|fid|clip|vae|text_encoder|optim|env|metric|old/i;

function inLoop({ call, model }: ModeSwitch, script: Script): Found[] {
  const { node } = call;
  if (!/^[A-Za-z_][\w.]*$/.test(model) || notTrained.test(model) || !isTrained(model, script)) return [];
  const loop = loopThatTrains(node, script);
  if (!loop || restores(loop, script)) return [];
  // What is done last, or within something that gives the mode back, needs nothing.
  if (isUnder(node, /last|final|epochs?\s*-\s*1|== *\w*(epochs|steps|iters)\b/i, loop) || leaves(node, loop))
    return [];
  const around = enclosing(node, 'with_statement', 'try_statement');
  if (
    around &&
    isInside(around, loop) &&
    !/no_grad|inference_mode|autocast|profil|amp/.test(around.text.split('\n')[0]!)
  )
    return [];
  const [first] = bodyOf(loop);
  const edit = first && insertBefore(first, [`${model}.train()`], script.text);
  return [
    {
      at: node,
      severity: 'warning',
      message: l10n.t(
        '`{0}` stays in evaluation mode: nothing in the loop of line {1} calls {0}.train() again, so dropout and batch norm are off from its second round on.',
        model,
        lineOf(loop),
      ),
      fix: edit
        ? { title: l10n.t('Call `{0}.train()` at the start of the loop', model), edits: [edit], safe: false }
        : undefined,
    },
  ];
}

/** Whether an optimizer of the file gets the parameters of a model. */
function isTrained(model: string, { optimizers }: Script): boolean {
  const name = model.replace(/\./g, '\\.');
  return optimizers.some(({ params }) =>
    new RegExp(`(^|[^\\w.])${name}\\.(parameters|named_parameters)\\(`).test(params?.text ?? ''),
  );
}

/** The innermost loop of the same function around an eval in which an optimizer steps, too. */
function loopThatTrains(node: Node, script: Script): Node | null {
  const fn = enclosingFunction(node);
  for (
    let at = enclosing(node, 'for_statement', 'while_statement');
    at;
    at = enclosing(at, 'for_statement', 'while_statement')
  ) {
    if (fn && !isInside(at, fn)) return null;
    const points = pointsIn(at, script);
    if (points.some(({ scope }) => scope.id === (fn?.id ?? script.root.id))) return at;
  }
  return null;
}

/** Whether something in the loop puts the model, or any other by its name, back into training. */
function restores(loop: Node, script: Script): boolean {
  if (/\.train\s*\((?!\s*False)/.test(loop.text) || /\btraining\s*=/.test(loop.text)) return true;
  const switching = script.functions.filter((fn) => /\.train\s*\((?!\s*False)/.test(fn.text));
  const names = new Set(switching.map((fn) => fn.childForFieldName('name')?.text));
  // A function of another file says by its name that it does.
  const elsewhere = /^(set|to|switch|put|prep|make|go)\w*train|^train(ing)?_?mode|^set_mode|^set_grad/i;
  return callsIn(script, loop).some(({ name }) => names.has(name) || elsewhere.test(name));
}

/** Whether the block that the eval stands in leaves the loop. */
function leaves(node: Node, loop: Node): boolean {
  for (let at = node.parent; at && at.id !== loop.id; at = at.parent)
    if (
      at.type === 'block' &&
      at.parent?.id !== loop.id &&
      /^\s*(break|return|exit|sys\.exit|raise)\b/m.test(at.text)
    )
      return true;
  return false;
}
