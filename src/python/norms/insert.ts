import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../remedies/textEdit';
import { insertAfter, insertAfterNode, insertBeforeNode } from '../edit/insert';
import { besides } from '../dropout/layer';
import { kindOf } from '../dropout/kinds';
import { unfitModule } from '../dropout/unfit';
import { isTransformer } from '../dropout/values';
import { argument, type Call } from '../model/call';
import { plainLayers, type Layer, type Module } from '../model/modules';
import { enclosingFunction, isBroken, spelled, statementAround, stringOf } from '../model/nodes';
import { callsIn, type Script } from '../model/script';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';
import { stacks, type Stack } from '../stacks';
import { moduleAround, unfitName } from '../dropout/unfit';
import { activeClass, activeFunction, feedsActivation } from '../activations';
import { isHidden } from './hidden';
import { loadsWeights } from './pretrained';
import { switchOff } from '../switchOff';

/** What is normalised by what: convolutions over the batch, linear layers over their features. */
export interface Norm {
  kind: 'conv' | 'linear';
  /** The class for a layer, and the argument that holds its width; null where the layer is of another sort. */
  classFor(layer: Call): { className: string; width: string | null } | null;
  /** The end of the new attribute's name. */
  suffix: string;
  /** Only in stacks of linear layers, between one and a sigmoid that more layers follow: elsewhere that may be a gate. */
  saturating?: true;
}

const normWord = /Norm(\d?d|alization)?\b|_norm\(|weight_norm|\bbn\d?\b/;

/** A norm after each hidden layer of the stacks and modules that have none. */
export function insertNorms(norm: Norm, script: Script): Proposal[] {
  const inStacks = stacks(script).flatMap((stack) => inStack(stack, norm, script));
  if (norm.saturating) return inStacks;
  return [...inStacks, ...script.modules.flatMap((module) => inForward(module, norm, script))];
}

function inStack(stack: Stack, norm: Norm, script: Script): Proposal[] {
  const { layers, anchor } = stack;
  if (norm.saturating && layers.some(({ name }) => kindOf(name) === 'conv')) return [];
  const active = norm.saturating ? /^Sigmoid$/ : activeClass;
  const spots = layers.filter((call, i) => {
    const next = layers[i + 1];
    const own = stringOf(argument(call, 'activation')?.value);
    const activated = own !== null ? activeFunction.test(own) : next !== undefined && active.test(next.name);
    // What no further weights take is the output, whose range a norm would change.
    return norm.classFor(call) !== null && activated && layers.slice(i + 1).some(hasWeights);
  });
  if (spots.length === 0) return [];
  const no = (reason: string): Proposal[] => [refuse(anchor, reason)];
  const line = anchor.startPosition.row + 1;
  const whole = moduleAround(anchor, script);
  const target = anchor.parent?.type === 'assignment' ? anchor.parent.childForFieldName('left') : null;
  const reason =
    unfitName(target ? spelled(target) : null, 'norm') ??
    unfit(whole?.node ?? anchor, whole, layers, norm, script);
  if (reason) return no(reason);
  if (stack.indexed)
    return no(l10n.t('layers of line {0} are addressed by their number, which would change', line));
  const classes = spots.map((one) => norm.classFor(one)!);
  const reached = [...new Set(classes.map(({ className }) => className))].map(
    (one) => [one, stack.reach(one)] as const,
  );
  const names = new Map(reached);
  const put = stack.put(spots, (layer) => {
    const { className, width } = norm.classFor(layer)!;
    return `${names.get(className)!.name}(${width ?? ''})`;
  });
  if (!put) return no(l10n.t('the layers of line {0} share their lines with other code', line));
  return [
    proposal(
      anchor,
      [...reached.flatMap(([, { edits }]) => edits), ...put],
      classes[0]!.className,
      spots.length,
      norm,
    ),
  ];
}

/** Names of parameters in a list, `"LayerNorm.weight"`, are no layers. */
function withoutStrings(code: string): string {
  return code.replace(/("|')(?:(?!\1)[^\\\n])*\1/g, '');
}

function hasWeights({ name }: Call): boolean {
  return /^(linear|conv|recurrent)$/.test(kindOf(name));
}

function inForward(module: Module, norm: Norm, script: Script): Proposal[] {
  const { init, forward } = module;
  if (!init || !forward || module.library === 'flax' || module.library === 'keras') return [];
  const anchor = module.node.childForFieldName('name') ?? module.node;
  const activated = plainLayers(module).flatMap((layer) => {
    const made = norm.classFor(layer.call);
    const calls = callsIn(script, forward).filter(
      ({ name, on, node }) =>
        name === layer.attribute && on === 'self' && enclosingFunction(node)?.id === forward.id,
    );
    const fits = made !== null && calls.length === 1 && feedsActivation(calls[0]!.node, module);
    return fits ? [{ layer, made, use: calls[0]!.node }] : [];
  });
  if (activated.length === 0) return [];
  const no = (reason: string): Proposal[] => [refuse(anchor, reason)];
  const reason = unfit(
    module.node,
    module,
    module.layers.map(({ call }) => call),
    norm,
    script,
  );
  if (reason) return no(reason);
  const uses = activated.filter(
    ({ layer, use }) => unfitName(layer.attribute) === null && isHidden(use, module, forward, script),
  );
  if (uses.length === 0)
    return no(
      l10n.t(
        'what the layers of {0} give is returned, multiplied or an embedding: a norm would change its range',
        module.name,
      ),
    );
  const edits: TextEdit[] = [];
  const taken = new Set(module.attributes);
  for (const { layer, made, use } of uses) {
    const attribute = attributeFor(layer, norm, taken);
    const reached = besides(layer.call, made.className, script);
    const statement = statementAround(layer.assignment.node);
    const line = insertAfter(
      statement,
      [`self.${attribute} = ${reached.name}(${made.width ?? ''})`],
      script.text,
    );
    if (!line) return no(l10n.t('line {0} shares its line with other code', statement.startPosition.row + 1));
    edits.push(
      ...reached.edits,
      line,
      insertBeforeNode(use, `self.${attribute}(`),
      insertAfterNode(use, ')'),
    );
  }
  return [proposal(anchor, edits, uses[0]!.made.className, uses.length, norm, module.name)];
}

function proposal(
  anchor: Node,
  edits: TextEdit[],
  className: string,
  count: number,
  { kind }: Norm,
  owner?: string,
): Proposal {
  const title = titleOf(className, count, kind);
  return {
    anchor,
    outcome: {
      edits,
      title: owner === undefined ? title : l10n.t('{0} of `{1}`', title, owner),
      many: (n) => l10n.t('Insert `{0}` into {1} networks', className, n),
      notes: [
        className.startsWith('Batch')
          ? l10n.t(
              '{0} The bias of the layer before it does nothing any more.',
              switchOff('norm', className === 'BatchNormalization'),
            )
          : l10n.t('Keep its parameters out of weight decay.'),
        l10n.t('Weights that were saved before do not load as they are.'),
      ],
    },
  };
}

function titleOf(className: string, count: number, kind: Norm['kind']): string {
  if (kind === 'conv')
    return count === 1
      ? l10n.t('Insert `{0}` after a convolution', className)
      : l10n.t('Insert `{0}` after {1} convolutions', className, count);
  return count === 1
    ? l10n.t('Insert `{0}` after a hidden linear layer', className)
    : l10n.t('Insert `{0}` after {1} hidden linear layers', className, count);
}

function unfit(
  node: Node,
  module: Module | null,
  layers: readonly Call[],
  norm: Norm,
  script: Script,
): string | null {
  const line = node.startPosition.row + 1;
  const name = module?.name ?? l10n.t('the stack of line {0}', line);
  if (isBroken(statementAround(node)) || node.hasError)
    return l10n.t('the code around line {0} has a syntax error', line);
  if (
    layers.some((one) => kindOf(one.name) === 'norm' || kindOf(one.name) === 'batch-norm') ||
    normWord.test(withoutStrings(node.text))
  )
    return l10n.t('{0} is normalised already', name);
  if (norm.kind === 'linear' && layers.some((one) => kindOf(one.name) === 'conv'))
    return l10n.t('{0} is convolutional: batch norm does better there', name);
  if (/SELU|selu/.test(node.text)) return l10n.t('{0} uses SELU, which normalises by itself', name);
  if (norm.kind === 'linear' && isTransformer(script))
    return l10n.t(
      '{0} is part of a transformer by what is here: its norms stand before each sublayer, not within it',
      name,
    );
  if (module && unfitModule(module, script) !== null)
    return l10n.t(
      '{0} is a gate, an embedding, an autoencoder or a field of coordinates: its layers are not normalised so',
      name,
    );
  const loaded = loadsWeights(script);
  if (loaded !== null) return loaded;
  if (
    norm.kind === 'conv' &&
    !layers.some((one) => kindOf(one.name) === 'linear') &&
    !classifies(module, script)
  )
    return l10n.t(
      '{0} has no linear layer behind its convolutions: whether it classifies is not visible, and elsewhere (generators, depth, sound) batch norm is not usual',
      name,
    );
  return null;
}

/** Whether a linear layer of the module stands behind its convolutions, in a stack of its own, and nothing makes maps larger again. */
function classifies(module: Module | null, script: Script): boolean {
  if (!module?.init) return false;
  const made = callsIn(script, module.init);
  const last = made.findLastIndex(({ name }) => kindOf(name) === 'conv');
  return (
    made.slice(last + 1).some(({ name }) => kindOf(name) === 'linear') &&
    !made.some(({ name }) => /Transpose|^Upsampl/.test(name))
  );
}

/** `bn1` beside `conv1`, else `stem_norm` beside `stem`. */
function attributeFor({ attribute }: Layer, { suffix }: Norm, taken: Set<string>): string {
  const short = attribute.replace(/^(conv|fc|linear|lin)(?=_?\d*$)/, suffix);
  const names = [short === attribute ? null : short, `${attribute}_norm`, `${attribute}_norm1`].filter(
    (one) => one !== null,
  );
  const free = names.find((one) => !taken.has(one)) ?? `${attribute}_norm_added`;
  taken.add(free);
  return free;
}
