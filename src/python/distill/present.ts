import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../remedies/textEdit';
import { addArgument, setArgument } from '../edit/arguments';
import { insertAfterNode, replaceNode } from '../edit/insert';
import { argument, readCall, type Call } from '../model/call';
import { enclosingFunction, isBroken, spelled, statementAround, stringOf } from '../model/nodes';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';

/** What is wrong with a KL term that is there: probabilities where log-probabilities belong, its mean, its scale. */
export function correctTerm(call: Call, script: Script): Proposal {
  const line = call.node.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(call.node, reason);
  if (isBroken(statementAround(call.node)))
    return no(l10n.t('the code around line {0} has a syntax error', line));
  const args = call.args();
  const [input, target] = [argument(call, 'input', 0), argument(call, 'target', 1)];
  if (!input || !target || args.filter(({ name }) => name === null).length > 2)
    return no(
      l10n.t(
        'the KL term of line {0} is written in a way that is not known here: log_softmax in, "batchmean", and T squared as its factor',
        line,
      ),
    );
  const edits: TextEdit[] = [];
  const done: string[] = [];
  const softmax = softmaxOf(input.value, script);
  if (softmax && !/log/.test(softmax.name)) {
    edits.push(renamed(softmax));
    done.push(l10n.t('take log-probabilities of the student'));
  }
  const reduction = argument(call, 'reduction');
  const q = script.text.quote;
  if (!reduction || stringOf(reduction.value) === 'mean') {
    edits.push(
      ...(reduction
        ? [setArgument(reduction, `${q}batchmean${q}`)]
        : addArgument(call, `reduction=${q}batchmean${q}`, script.text)),
    );
    done.push(l10n.t('average it over the batch'));
  }
  const temperature = temperatureOf(input.value, target.value, script);
  if (temperature !== null && !isScaled(call, temperature)) {
    if (!takesFactor(call.node))
      return no(
        l10n.t(
          'the KL term of line {0} lacks its factor {1} ** 2, and there is no plain place for it',
          line,
          temperature,
        ),
      );
    edits.push(insertAfterNode(call.node, ` * ${temperature} ** 2`));
    done.push(l10n.t('scale it by `{0} ** 2`', temperature));
  }
  if (edits.length === 0)
    return no(l10n.t('the KL term of line {0} is right as it is, as far as can be seen', line));
  return {
    anchor: call.node,
    outcome: {
      edits,
      title: l10n.t('Correct the distillation loss: {0}', done.join(', ')),
      many: (count) => l10n.t('Correct {0} distillation losses', count),
      notes: [l10n.t('The balance with the loss on the labels changes with it: look at both terms.')],
    },
  };
}

/** The softmax that an expression is, or that a name of the same function stands for. */
function softmaxOf(value: Node, script: Script): Call | null {
  const node = resolved(value, script);
  const call = node.type === 'call' ? readCall(node, script.imports) : null;
  return call && /^(log_)?softmax$/.test(call.name) ? call : null;
}

function resolved(value: Node, script: Script): Node {
  if (value.type !== 'identifier') return value;
  const scope = enclosingFunction(value)?.id;
  const given = script.assignments.filter(
    (one) => one.target === value.text && one.scope?.id === scope && one.node.startIndex < value.startIndex,
  );
  return given.length === 1 ? given[0]!.value : value;
}

function renamed({ callee, receiver }: Call): TextEdit {
  return replaceNode(receiver ? callee.childForFieldName('attribute')! : callee, 'log_softmax');
}

/** `T` where both sides are divided by it. */
function temperatureOf(input: Node, target: Node, script: Script): string | null {
  const divisor = (node: Node): string | null =>
    /\/([\w.]+)[,)]/.exec(spelled(resolved(node, script)))?.[1] ?? null;
  const [a, b] = [divisor(input), divisor(target)];
  return a !== null && a === b && !/^1(\.0*)?$/.test(a) ? a : null;
}

/** Whether the square of the temperature stands anywhere in the function around. */
function isScaled({ node }: Call, temperature: string): boolean {
  const text = spelled(enclosingFunction(node) ?? statementAround(node));
  const t = temperature.replaceAll('.', '\\.');
  return new RegExp(`${t}\\*\\*2|${t}\\*${t}(?!\\w)|pow\\(${t},2|square\\(${t}\\)|t2|temp\\w*_sq`).test(text);
}

/** A product or a sum takes a factor behind the call; a method call on it does not. */
function takesFactor({ parent }: Node): boolean {
  return (
    parent !== null &&
    !/^(attribute|subscript|power|unary_operator|keyword_argument)$/.test(parent.type) &&
    !/\*\*/.test(parent.type)
  );
}
