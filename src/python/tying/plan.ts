import * as l10n from '@vscode/l10n';
import { someCall } from '../model/alike';
import { elsewhereAdvice } from '../elsewhere';
import { insertAfter } from '../edit/insert';
import { setArgument } from '../edit/arguments';
import { argument, readCall, type Call } from '../model/call';
import { enclosing, isBroken, numberOf, parts, spelled, statementAround, stringOf } from '../model/nodes';
import { plainLayers, type Layer, type Module } from '../model/modules';
import type { Script } from '../model/script';
import { within } from '../model/within';
import { refuse, type Planner, type Proposal } from '../proposal';

/** One matrix for the input embedding and the output projection of a language model. */
export const tying: Planner = {
  propose: (script) => [
    ...script.modules.flatMap((module) => tieModule(module, script)),
    ...tieConfig(script),
  ],
  nothing(script) {
    const advice = elsewhereAdvice(script, 'weight-tying');
    if (advice) return advice;
    if (
      someCall(script, ({ path }) =>
        /(CausalLM|LMHead|Seq2SeqLM|ForMaskedLM)\w*\.from_pretrained$/.test(path),
      )
    )
      return l10n.t('the model is made elsewhere: set config.tie_word_embeddings=True before it is made');
    return l10n.t('no module here has both an embedding and a linear layer back to its vocabulary');
  },
};

function tieModule(module: Module, script: Script): Proposal[] {
  const layers = [...plainLayers(module), ...plainLayers(module).flatMap((one) => inDictionary(one, script))];
  const embeddings = layers.filter(({ call }) => call.path === 'torch.nn.Embedding');
  const heads = layers.filter(({ call }) => call.path === 'torch.nn.Linear');
  if (embeddings.length === 0 || heads.length === 0) return [];
  const anchor = module.node.childForFieldName('name') ?? module.node;
  const no = (reason: string): Proposal[] => [refuse(anchor, reason)];
  if (isBroken(module.node) || module.node.hasError)
    return no(l10n.t('the code of class {0} has a syntax error', module.name));
  const tied = within(script.assignments, module.node).find(({ target }) => /\.weight$/.test(target));
  if (tied) return no(l10n.t('weights are tied in line {0} already', tied.node.startPosition.row + 1));
  const vocabularies = heads.flatMap((head) =>
    embeddings.flatMap((embedding) => (sameSize(head, embedding) ? [{ head, embedding }] : [])),
  );
  const [pair] = vocabularies;
  if (!pair) return nearly(embeddings, heads).flatMap(no);
  if (vocabularies.length > 1)
    return no(
      l10n.t(
        'several layers of {0} have the shape of an embedding: tie those that share a vocabulary by hand',
        module.name,
      ),
    );
  const { head, embedding } = pair;
  const line = head.call.node.startPosition.row + 1;
  const bias = argument(head.call, 'bias', 2);
  if (bias?.value.text !== 'False')
    return no(
      l10n.t(
        '{0} in line {1} has a bias, which the embedding has not: pass bias=False first, then tie',
        head.attribute,
        line,
      ),
    );
  if (embedding.call.args().some(({ name }) => /^(sparse|max_norm)$/.test(name ?? '')))
    return no(
      l10n.t(
        'the embedding of {0} is sparse or bounded: its gradients do not fit a linear layer',
        module.name,
      ),
    );
  const last = [head, embedding].sort((a, b) => a.assignment.node.endIndex - b.assignment.node.endIndex)[1]!;
  const statement = statementAround(last.assignment.node);
  const home = statementAround([head, embedding].find((one) => one !== last)!.assignment.node).parent;
  if (
    home?.id !== statement.parent?.id ||
    enclosing(statement, 'function_definition')?.id !== module.init?.id
  )
    return no(l10n.t('the layers of {0} are made under a condition: tie them by hand', module.name));
  const code = `self.${head.attribute}.weight = self.${embedding.attribute}.weight`;
  const edit = insertAfter(statement, [code], script.text);
  if (!edit) return no(l10n.t('line {0} shares its line with other code', statement.startPosition.row + 1));
  return [
    {
      anchor,
      outcome: {
        edits: [edit],
        title: l10n.t('Tie the output to the embedding: `{0}` in `{1}`', code, module.name),
        many: (count) => l10n.t('Tie output and embedding of {0} models', count),
        notes: [
          l10n.t('Weights that were saved before do not fit any more: it takes a new training run.'),
          l10n.t(
            'nn.Embedding starts from larger values than nn.Linear: initialise it with a deviation of 0.02 or so, or the first logits are large.',
          ),
          l10n.t(
            'Build the optimizer after {0}() and not from a list of its layers: the matrix is one parameter now.',
            module.name,
          ),
        ],
      },
    },
  ];
}

/** The layers of `self.transformer = nn.ModuleDict(dict(wte=nn.Embedding(…)))`, as `transformer.wte`. */
function inDictionary({ attribute, call, assignment }: Layer, script: Script): Layer[] {
  const given = call.path === 'torch.nn.ModuleDict' ? call.args()[0]?.value : undefined;
  const inner = given?.type === 'call' ? readCall(given, script.imports) : null;
  const items =
    inner?.path === 'dict'
      ? inner.args().map(({ name, value }) => ({ key: name, value }))
      : parts(given?.type === 'dictionary' ? given : null).map((pair) => ({
          key: stringOf(pair.childForFieldName('key')),
          value: pair.childForFieldName('value'),
        }));
  return items.flatMap(({ key, value }) => {
    const made = value?.type === 'call' ? readCall(value, script.imports) : null;
    if (!made || key === null || !/^[A-Za-z_]\w*$/.test(key)) return [];
    return [{ attribute: `${attribute}.${key}`, className: made.name, call: made, assignment }];
  });
}

/** `Linear(d, vocabulary)` beside `Embedding(vocabulary, d)`: the same expressions, or the same numbers. */
function sameSize(head: Layer, embedding: Layer): boolean {
  const [count, size] = sizes(embedding.call, 'num_embeddings', 'embedding_dim');
  const [input, output] = sizes(head.call, 'in_features', 'out_features');
  return count !== null && size !== null && count === output && size === input;
}

function sizes(call: Call, first: string, second: string): [string | null, string | null] {
  const read = (name: string, at: number): string | null => {
    const value = argument(call, name, at)?.value;
    if (!value) return null;
    const number = numberOf(value);
    return number === null ? spelled(value) : String(number);
  };
  return [read(first, 0), read(second, 1)];
}

/** A head of the right vocabulary and another width: said, since it looks like a place to tie. */
function nearly(embeddings: readonly Layer[], heads: readonly Layer[]): string[] {
  for (const head of heads) {
    const [input, output] = sizes(head.call, 'in_features', 'out_features');
    for (const embedding of embeddings) {
      const [count, size] = sizes(embedding.call, 'num_embeddings', 'embedding_dim');
      if (count === output && count !== null && size !== input)
        return [
          l10n.t(
            '{0} is {1} x {2} and {3} is {4} x {5}: weights can be shared only where both have one shape',
            head.attribute,
            output!,
            String(input),
            embedding.attribute,
            count,
            String(size),
          ),
        ];
    }
  }
  return [];
}

/** A Hugging Face config that keeps them apart. */
function tieConfig(script: Script): Proposal[] {
  return script.calls.flatMap((call): Proposal[] => {
    const given = /Config$/.test(call.name) ? argument(call, 'tie_word_embeddings') : undefined;
    if (!given) return [];
    const line = given.node.startPosition.row + 1;
    if (given.value.text === 'True')
      return [refuse(call.node, l10n.t('output and embedding are tied already in line {0}', line))];
    if (given.value.text !== 'False' || stringOf(given.value) !== null)
      return [refuse(call.node, l10n.t('tie_word_embeddings in line {0} is set elsewhere', line))];
    return [
      {
        anchor: call.node,
        outcome: {
          edits: [setArgument(given, 'True')],
          title: l10n.t('Tie output and embedding: `tie_word_embeddings=True` in `{0}`', call.name),
          notes: [
            l10n.t('For a model that is trained from scratch: a checkpoint with two matrices loses one.'),
          ],
        },
      },
    ];
  });
}
