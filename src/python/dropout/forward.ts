import * as l10n from '@vscode/l10n';
import { switchOff } from '../switchOff';
import { insertAfter, insertAfterNode, insertBeforeNode } from '../edit/insert';
import { assignmentsTo } from '../model/assignments';
import { argument, type Call } from '../model/call';
import { bodyOf, enclosing, enclosingFunction, isInside, parameterNames, stringOf } from '../model/nodes';
import type { Layer, Module } from '../model/modules';
import { callsIn, type Script } from '../model/script';
import type { TextEdit } from '../../remedies/textEdit';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';
import { activationFunction, kindOf, type LayerKind } from './kinds';
import { besides } from './layer';
import { multiplies, unfitModule, unfitName } from './unfit';
import { usualDropout } from './values';

/** A layer in `__init__` and its use in `forward`, after the activations of the hidden linear layers. */
export function dropoutInForward(module: Module, script: Script): Proposal[] {
  const { init, forward, name } = module;
  const linear = module.layers.filter((one) => kindOf(one.className) === 'linear');
  if (!init || !forward || linear.length === 0 || module.library === 'flax') return [];
  const anchor = module.node.childForFieldName('name') ?? module.node;
  const no = (reason: string): Proposal[] => [refuse(anchor, reason)];
  if (module.node.hasError) return no(l10n.t('the code of class {0} has a syntax error', name));
  if (parameterNames(init)[0] !== 'self' || parameterNames(forward)[0] !== 'self') return [];
  const uses = new Forward(module, forward, script);
  const spots = uses.spots();
  const wraps = spots.length > 0 ? spots : uses.beforeOutput();
  if (wraps.length === 0) return uses.reason ? no(uses.reason) : [];
  const unfit =
    unfitModule(module, script) ??
    (uses.isGate() ? l10n.t('{0} multiplies by what a sigmoid gives: that may be a gate', name) : null);
  if (unfit !== null) return no(unfit);
  const p = usualDropout('', script);
  const attribute = freeAttribute(module);
  const made = besides(linear[0]!.call, 'Dropout', script);
  const last = bodyOf(init).at(-1);
  const line = last && insertAfter(last, [`self.${attribute} = ${made.name}(${p})`], script.text);
  if (!line) return no(l10n.t('__init__ of class {0} has no place for another layer', name));
  const plain = wraps.filter((node) => isPlain(node) || uses.isArgument(node));
  const several = returnsOf(forward).length > 1 && plain.some(isPlain);
  const written = several ? [] : plain;
  const edits: TextEdit[] = [
    ...made.edits,
    line,
    ...written.flatMap((node) => [insertBeforeNode(node, `self.${attribute}(`), insertAfterNode(node, ')')]),
  ];
  const layer = `self.${attribute} = ${made.name}(${p})`;
  const title = titleOf(layer, name, written[0]?.text.split(/\r?\n/)[0], spots.length > 0);
  const notes = [switchOff('dropout', module.library === 'keras')];
  if (written.length === 0)
    notes.push(
      l10n.t('forward has several ways out: apply self.{0} after the hidden activation yourself.', attribute),
    );
  const many = (count: number): string => l10n.t('Add dropout {0} to {1} modules', p, count);
  return [{ anchor, outcome: { edits, value: p, title, many, notes } }];
}

/**
 * @param used the code that the layer goes with; undefined where that is left to the user
 * @param behind the code, and not on it
 */
function titleOf(layer: string, name: string, used: string | undefined, behind: boolean): string {
  if (used === undefined) return l10n.t('Add `{0}` to `{1}`, to be used in forward by hand', layer, name);
  return behind
    ? l10n.t('Add `{0}` to `{1}` and use it after `{2}`', layer, name, used)
    : l10n.t('Add `{0}` to `{1}` and use it on `{2}`', layer, name, used);
}

/** How `forward` uses the layers. */
class Forward {
  private readonly calls: Call[];
  /** The layers of the module, by the calls that use them. */
  private readonly used: ReadonlyMap<Call, Layer>;
  private readonly byNode: ReadonlyMap<number, Call>;
  /** Why there is no spot, as far as one was close. */
  reason: string | null = null;

  constructor(
    private readonly module: Module,
    private readonly forward: Node,
    private readonly script: Script,
  ) {
    this.calls = callsIn(script, forward).filter(({ node }) => enclosingFunction(node)?.id === forward.id);
    this.byNode = new Map(this.calls.map((call) => [call.node.id, call]));
    const layers = new Map(module.layers.map((one) => [one.attribute, one]));
    this.used = new Map(
      this.calls.flatMap((call) => {
        const layer = layers.get(call.name);
        return layer && call.receiver?.text === 'self' ? [[call, layer]] : [];
      }),
    );
  }

  /** Activations of linear layers that feed another linear layer, with no batch norm to come. */
  spots(): Node[] {
    const found = this.calls.filter((call) => this.isHiddenActivation(call)).map(({ node }) => node);
    const open = found.filter((node) => !this.follows(node, 'batch-norm'));
    if (found.length > 0 && open.length === 0)
      this.reason = l10n.t(
        'in class {0} a batch norm follows each hidden layer: dropout would shift its variance',
        this.module.name,
      );
    // `relu(relu(x))`: the outermost only.
    return open.filter((node) => !open.some((other) => other.id !== node.id && isInside(node, other)));
  }

  /** The input of the one linear layer, the output, behind convolutions or a recurrent layer. */
  beforeOutput(): Node[] {
    if (this.reason) return [];
    const linear = this.calls.filter((call) => this.kind(call) === 'linear');
    const kinds = this.module.layers.map(({ className }) => kindOf(className));
    const stacks = this.module.layers.filter(
      ({ className, call }) => className === 'Sequential' && /Conv\dd|Conv\dD/.test(call.node.text),
    );
    const features = kinds.includes('conv') || kinds.includes('recurrent') || stacks.length > 0;
    if (linear.length !== 1 || kinds.filter((kind) => kind === 'linear').length !== 1 || !features) return [];
    const [input, ...more] = linear[0]!.args();
    const ok =
      input?.name === null &&
      more.length === 0 &&
      unfitName(linear[0]!.name) === null &&
      this.isComputed(input.value) &&
      !this.follows(input.node, 'batch-norm');
    return ok && !/dropout/.test(input.node.text) ? [input.node] : [];
  }

  /** Whether a value comes of layers: what forward is given, a time or a condition, is no feature. */
  private isComputed(value: Node, depth = 4): boolean {
    if (this.calls.some((call) => this.used.has(call) && isInside(call.node, value))) return true;
    if (depth === 0) return false;
    const names = [value, ...value.descendantsOfType('identifier')].filter(
      ({ type, text }) => type === 'identifier' && text !== 'self',
    );
    return names.some(({ text }) =>
      this.script.assignments.some(
        (one) =>
          isInside(one.node, this.forward) &&
          one.node.endIndex < value.startIndex &&
          new RegExp(`(^|[^\\w.])${text}(?!\\w)`).test(one.node.childForFieldName('left')?.text ?? '') &&
          this.isComputed(one.value, depth - 1),
      ),
    );
  }

  /** Whether the last activation is a sigmoid and something is multiplied: squeeze and excitation. */
  isGate(): boolean {
    const last = this.calls.findLast(
      (call) =>
        this.activated(call) !== null &&
        !this.calls.some(
          (one) => one !== call && isInside(call.node, one.node) && this.activated(one) !== null,
        ),
    );
    const className = last && (this.layerOf(last)?.className ?? last.name);
    return /^(hard)?sigmoid$/i.test(className ?? '') && multiplies(this.forward);
  }

  /** Whether a node is handed straight to another layer: `self.fc2(relu(self.fc1(x)))`. */
  isArgument(node: Node): boolean {
    const list = node.parent;
    return list?.type === 'argument_list' && list.parent !== null && this.byNode.has(list.parent.id);
  }

  private isHiddenActivation(call: Call): boolean {
    const input = this.activated(call);
    return input !== null && this.comesFromLinear(input, 4) && this.follows(call.node, 'linear');
  }

  /** What an activation is applied to; null where a call is none. */
  private activated(call: Call): Node | null {
    const layer = this.layerOf(call);
    if (layer) {
      // Keras: `Dense(64, activation="relu")` is both.
      const says = layer.call.node.text.includes('activation');
      const given = says ? argument(layer.call, 'activation')?.value : undefined;
      if (kindOf(layer.className) === 'linear')
        return given && !/^(linear|softmax|sigmoid)$/.test(stringOf(given) ?? '') ? call.node : null;
      return kindOf(layer.className) === 'activation' ? (call.args()[0]?.value ?? null) : null;
    }
    if (!activationFunction.test(call.name)) return null;
    const library = /^(torch|keras|tensorflow|mlx|F|nn|jax)(\.|$)/.test(call.path) || call.on === null;
    return library ? (call.args()[0]?.value ?? null) : call.receiver;
  }

  private comesFromLinear(node: Node, depth: number): boolean {
    if (depth === 0) return false;
    const call = this.byNode.get(node.id);
    if (call) {
      const kind = this.kind(call);
      if (kind === 'linear') return unfitName(call.name) === null;
      const [input] = call.args();
      return /norm/.test(kind) && input !== undefined && this.comesFromLinear(input.value, depth - 1);
    }
    if (node.type !== 'identifier') return false;
    const before = assignmentsTo(this.script.assignments, node.text, this.forward).filter(
      (one) => one.node.endIndex < node.startIndex,
    );
    const source = before.at(-1);
    return source !== undefined && this.comesFromLinear(source.value, depth - 1);
  }

  /** Whether a layer of a kind comes after a node, or takes it. */
  private follows(node: Node, kind: LayerKind): boolean {
    return this.calls.some(
      (call) =>
        this.kind(call) === kind &&
        (call.node.startIndex >= node.endIndex || (call.node.id !== node.id && isInside(node, call.node))),
    );
  }

  private layerOf(call: Call): Layer | undefined {
    return this.used.get(call);
  }

  private kind(call: Call): LayerKind {
    const layer = this.layerOf(call);
    return layer ? kindOf(layer.className) : 'other';
  }
}

/** `x = <this>`, alone. */
function isPlain(node: Node): boolean {
  const parent = node.parent;
  return (
    parent?.type === 'assignment' &&
    parent.childForFieldName('right')?.id === node.id &&
    parent.childForFieldName('left')?.type === 'identifier'
  );
}

function returnsOf(forward: Node): Node[] {
  return forward
    .descendantsOfType('return_statement')
    .filter((one) => enclosing(one, 'function_definition')?.id === forward.id);
}

function freeAttribute({ attributes, node }: Module): string {
  const methods = bodyOf(node).map((one) => one.childForFieldName('name')?.text);
  const names = ['dropout', 'drop', 'dropout_layer', 'hidden_dropout'];
  return names.find((name) => !attributes.has(name) && !methods.includes(name)) ?? 'fitcheck_dropout';
}
