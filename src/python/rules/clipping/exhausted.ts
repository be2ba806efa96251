/**
 * FC106 Clipping an iterator that is used up.
 *
 * `ps = model.parameters()` can be gone through once: the optimizer does, and a clip of `ps` afterwards clips nothing,
 * without a warning for `filter` and `chain`. Run with PyTorch: the norm that it returns is 0.
 */
import * as l10n from '@vscode/l10n';
import { insertAfterNode, insertBeforeNode } from '../../edit/insert';
import { assignmentsTo, type Assignment } from '../../model/assignments';
import { spelled } from '../../model/nodes';
import type { Optimizer } from '../../model/optimizers';
import type { Script } from '../../model/script';
import { lineOf, type CodeRule } from '../rule';
import { clipsOf } from './clips';

export const exhaustedIterator: CodeRule = {
  code: 'FC106',
  title: 'Clipping an iterator that is used up',
  words: /clip_grad/,
  check: (script) =>
    clipsOf(script).flatMap(({ call, node }) => {
      const given = call.args()[0]?.value;
      if (given?.type !== 'identifier') return [];
      const made = onlyValue(given.text, script);
      const user = made && usedUpBy(given.text, made, script);
      if (!made || !user || user.call.node.startIndex > node.startIndex) return [];
      return [
        {
          at: given,
          severity: 'error' as const,
          message: l10n.t(
            '`{0}` is an iterator that the optimizer in line {1} has used up: nothing is clipped. Make it a list in line {2}.',
            given.text,
            lineOf(user.call.node),
            lineOf(made.node),
          ),
          fix: {
            title: l10n.t('Make `{0}` a list', given.text),
            edits: [insertBeforeNode(made.value, 'list('), insertAfterNode(made.value, ')')],
            safe: false,
          },
        },
      ];
    }),
};

/** The one assignment of a name, where that gives it an iterator. */
function onlyValue(name: string, { assignments, functions }: Script): Assignment | null {
  const [only, ...more] = assignmentsTo(assignments, name);
  if (!only || more.length > 0 || only.node.childForFieldName('left')?.type !== 'identifier') return null;
  // A `parameters` of the file's own may give back a list.
  if (functions.some((fn) => fn.childForFieldName('name')?.text === 'parameters')) return null;
  const { value } = only;
  const iterator = /^[\w.]+\.parameters\(\)$|^(itertools\.)?chain(\.from_iterable)?\(|^filter\(|^map\(/;
  return value.type === 'generator_expression' || iterator.test(spelled(value)) ? only : null;
}

function usedUpBy(name: string, made: Assignment, { optimizers }: Script): Optimizer | undefined {
  return optimizers.find(
    ({ params, call }) => params?.text === name && call.node.startIndex > made.node.startIndex,
  );
}
