import * as l10n from '@vscode/l10n';
import { enclosing, enclosingClass } from '../model/nodes';
import type { Module } from '../model/modules';
import { callsNamed } from '../model/phase';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import type { Node } from '../parser';

/** Parts of a network that are no hidden layers of a classifier, by a word of their names. */
const otherPart =
  /(^|_)(time|temb|t_?emb\w*|emb|embed\w*|gate\w*|gating|se|squeeze\w*|excit\w*|attn|attention|mod|modulat\w*|ada_?ln\w*|film|pos|position\w*|coord\w*|style|mapping|router)(_|\d|$)/i;
const otherClass =
  /^SE(Layer|Block|Module|Net)?$|Squeeze|Excit|Gate|Gating|Embed(d|$|ding)|TimeM|Position|Coord|Modulat|FiLM|Router|StyleMap/;
const field = /NeRF|Siren|SIREN|PINN|Implicit|DeepSDF|SDF(Net|Network)|Occupancy|RadianceField/;
const compressing = /auto_?encoder|(^|_|[a-z])V?AE$|VAE/i;

/** Why a class is no place for dropout, or null where it may be. */
export function unfitModule({ name, attributes, node }: Module, script: Script): string | null {
  if (field.test(name) || differentiatesInputs(script))
    return l10n.t('{0} fits a function of coordinates: dropout would blur it', name);
  if (isTeacher(name, script)) return l10n.t('{0} is the teacher, whose weights stay as they are', name);
  if (otherClass.test(name)) return l10n.t('{0} is a gate or an embedding, where dropout is not usual', name);
  const both =
    attributes.has('encoder') && attributes.has('decoder') && !/Transformer|Attention/.test(node.text);
  if (compressing.test(name) || both || /\breparameteri[sz]e\b/.test(node.text))
    return l10n.t('{0} is an autoencoder: dropout in it is another method (denoising), not a remedy', name);
  return null;
}

const teacher = /teacher/i;
const taught = /teacher\w*\s*=\s*$/i;

/** A class whose every instance is a teacher by its name: it is not trained. */
function isTeacher(name: string, script: Script): boolean {
  const { text } = script;
  const made = callsNamed(name, script);
  return (
    made.length > 0 &&
    made.every(({ node }) =>
      taught.test(text.source.slice(Math.max(0, node.startIndex - 80), node.startIndex)),
    )
  );
}

/** Why a layer or stack that is assigned to a name is no place for dropout or a norm, or null. */
export function unfitName(target: string | null, what: 'dropout' | 'norm' = 'dropout'): string | null {
  const name = target?.split('.').at(-1) ?? '';
  if (teacher.test(name))
    return l10n.t('{0} is the teacher by its name, whose weights stay as they are', name);
  if (!otherPart.test(name)) return null;
  return what === 'dropout'
    ? l10n.t('{0} is a gate or an embedding by its name, where dropout is not usual', name)
    : l10n.t('{0} is a gate or an embedding by its name, where a norm is not usual', name);
}

/** Whether a method multiplies: what a sigmoid gives there may be a gate. */
export function multiplies(method: Node | null): boolean {
  if (!/[*]|mul/.test(method?.text ?? '')) return false;
  return (
    method
      ?.descendantsOfType('binary_operator')
      .some((one) => one.children.some(({ type }) => type === '*') && !isSize(one)) === true ||
    /\.mul_?\(|torch\.mul\(/.test(method?.text ?? '')
  );
}

/** `16 * 5 * 5`, or a product within `.view(…)`: a number of features, and nothing that a layer gives. */
function isSize(product: Node): boolean {
  if (/^[\d\s*()]+$/.test(product.text)) return true;
  const call = enclosing(product, 'call');
  return /\.(view|reshape|flatten|unflatten|expand|repeat)$/.test(
    call?.childForFieldName('function')?.text ?? '',
  );
}

/** The module of the file that a node stands in. */
export function moduleAround(node: Node, { modules }: Script): Module | null {
  const owner = enclosingClass(node);
  return modules.find((one) => one.node.id === owner?.id) ?? null;
}

/** Derivatives of the output by the input, as physics-informed networks take them. */
const differentiatesInputs = oncePer(({ calls, losses }: Script) =>
  calls.some(
    (call) =>
      /(^|\.)autograd\.grad$/.test(call.path) &&
      call.args().some(({ name, value }) => name === 'create_graph' && value.text === 'True') &&
      !losses.some(({ path }) => /cross_entropy|CrossEntropy/.test(path)),
  ),
);
