import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../remedies/textEdit';
import { addDefinition } from '../edit/definition';
import { boundNames } from '../edit/imports';
import { insertBefore, replaceNode } from '../edit/insert';
import { moduleNamed } from '../edit/imports';
import { readCall, type Call } from '../model/call';
import { binderOf } from '../model/mentions';
import { frameworkAt } from '../model/framework';
import { enclosing, isInside, parts, statementAround } from '../model/nodes';
import { modelAt } from '../model/owner';
import { callsIn, type Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';

/** Source: temperatures of 2 to 4 are usual; the labels and the teacher weigh the same to begin with. */
const TEMPERATURE = '2.0';
const ALPHA = '0.5';

/** The teacher's answer and the mixed loss, in a loop that has a teacher in sight and learns from labels alone. */
export function distilInLoop(point: UpdatePoint, script: Script): Proposal {
  const { statement } = point;
  const line = statement.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(statement, reason);
  const teacher = teacherNear(point, script);
  if (teacher === null)
    return no(l10n.t('no teacher is in sight at line {0}: load a better model as teacher first', line));
  if (!/^(torch|accelerate|fabric)$/.test(frameworkAt(point, script)))
    return no(
      l10n.t(
        'the step in line {0} is taken by a framework: mix the loss of the teacher in where the loss is computed',
        line,
      ),
    );
  const student = modelAt(point, script);
  const loop = enclosing(statement, 'for_statement', 'while_statement');
  if (student === null || !loop)
    return no(l10n.t('which model the step in line {0} trains is not visible here', line));
  const loss = plainLoss(loop, script);
  if (!loss)
    return no(
      l10n.t(
        'the loss before line {0} is not a plain cross-entropy of logits and labels: mix in the loss of the teacher by hand',
        line,
      ),
    );
  const [logits, labels] = loss.args().map(({ value }) => value);
  const inputs = inputsOf(logits!, student, loop, script);
  if (inputs === null)
    return no(l10n.t('which inputs {0} gets before line {1} is not visible here', student, line));
  if (['teacher_logits', 'distillation_loss'].some((one) => boundNames(script).has(one)))
    return no(l10n.t('the names that the distillation would get are in use already'));
  const torch = moduleNamed('torch', 'import torch', script);
  const home = statementAround(loss.node);
  const { text } = script;
  const taught = insertBefore(
    home,
    [`with ${torch.name}.no_grad():`, `${text.indent}teacher_logits = ${teacher}(${inputs})`],
    text,
  );
  if (!taught) return no(l10n.t('the loss before line {0} shares its line with other code', line));
  const edits: TextEdit[] = [
    ...torch.edits,
    addDefinition(helper(torch.name, script), script),
    taught,
    replaceNode(loss.node, `distillation_loss(${logits!.text}, teacher_logits, ${labels!.text})`),
  ];
  const evaluates = script.modes.some(({ model, mode }) => model === teacher && mode === 'eval');
  if (!evaluates) {
    const frozen = insertBefore(outermost(loop), [`${teacher}.eval()`], text);
    if (!frozen) return no(l10n.t('the loop around line {0} shares its line with other code', line));
    edits.push(frozen);
  }
  return {
    anchor: statement,
    outcome: {
      edits,
      value: TEMPERATURE,
      title: l10n.t(
        'Learn from `{0}`, too: half the loss on the labels, half the KL term at temperature {1}',
        teacher,
        TEMPERATURE,
      ),
      notes: [
        l10n.t(
          'alpha weighs the labels, 1 - alpha the teacher. Keep the parameters of the teacher out of the optimizer.',
        ),
      ],
    },
  };
}

function teacherNear(point: UpdatePoint, script: Script): string | null {
  const names = ['teacher', 'teacher_model', 'teacher_net', 'self.teacher'];
  const found = names.filter((name) => {
    const binder = binderOf(name, point.statement, script);
    return (
      script.assignments.some(
        ({ target, scope }) =>
          target === name && (name.startsWith('self.') || scope === null || scope.id === binder?.id),
      ) ||
      (binder !== null && !name.startsWith('self.'))
    );
  });
  return found.length === 1 ? found[0]! : null;
}

/** `criterion(logits, labels)` in the loop, with nothing that would be lost: no weights, no smoothing. */
function plainLoss(loop: Node, script: Script): Call | null {
  const criteria = new Set(
    script.losses
      .filter((call) => call.path === 'torch.nn.CrossEntropyLoss' && call.args().length === 0)
      .flatMap(({ node }) => node.parent?.childForFieldName('left')?.text ?? []),
  );
  const calls = callsIn(script, loop);
  const found = calls.filter(
    (call) => call.path === 'torch.nn.functional.cross_entropy' || criteria.has(call.callee.text),
  );
  const [only] = found;
  const plain = only?.args().length === 2 && only.args().every(({ name }) => name === null);
  return found.length === 1 && plain && only.node.parent?.type === 'assignment' ? only : null;
}

/** What the student is called with: in the loss itself, or where its logits come from. */
function inputsOf(logits: Node, student: string, loop: Node, script: Script): string | null {
  const given = script.assignments.filter(
    ({ target, node }) => target === logits.text && isInside(node, loop),
  );
  const value = logits.type === 'identifier' ? (given.length === 1 ? given[0]!.value : null) : logits;
  const call = value?.type === 'call' ? readCall(value, script.imports) : null;
  if (!call || call.callee.text !== student || call.args().length === 0) return null;
  return parts(call.node.childForFieldName('arguments'))
    .map(({ text }) => text)
    .join(', ');
}

function outermost(loop: Node): Node {
  let found = loop;
  for (
    let at = enclosing(loop, 'for_statement', 'while_statement', 'function_definition');
    at && at.type !== 'function_definition';
  ) {
    found = at;
    at = enclosing(at, 'for_statement', 'while_statement', 'function_definition');
  }
  return found;
}

function helper(torch: string, { text: { indent, quote, eol } }: Script): string {
  const f = `${torch}.nn.functional`;
  const lines = [
    [
      0,
      `def distillation_loss(student_logits, teacher_logits, labels, temperature=${TEMPERATURE}, alpha=${ALPHA}):`,
    ],
    [1, '"""Cross-entropy on the labels, and the KL divergence from what the teacher says."""'],
    [1, `student = ${f}.log_softmax(student_logits / temperature, dim=-1)`],
    [1, `teacher = ${f}.softmax(teacher_logits / temperature, dim=-1)`],
    [1, `soft = ${f}.kl_div(student, teacher, reduction=${quote}batchmean${quote}) * temperature**2`],
    [1, `return alpha * ${f}.cross_entropy(student_logits, labels) + (1 - alpha) * soft`],
  ] as const;
  return lines.map(([depth, line]) => indent.repeat(depth) + line + eol).join('');
}
