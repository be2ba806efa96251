import * as l10n from '@vscode/l10n';
import { callsWhere } from '../model/alike';
import type { TextEdit } from '../../remedies/textEdit';
import { reach, reachTorch } from '../edit/reach';
import { insertAfterNode, insertBeforeNode } from '../edit/insert';
import { kerasClass } from '../keras';
import type { Call } from '../model/call';
import {
  enclosing,
  enclosingClass,
  enclosingFunction,
  isBroken,
  isInside,
  spelled,
  statementAround,
} from '../model/nodes';
import { oncePer } from '../model/once';
import { callsIn, type Script } from '../model/script';
import { gradientPenalty, isAdversarial, isReinforcement } from '../model/subject';
import type { Node } from '../parser';
import { refuse, type Planner, type Proposal } from '../proposal';

const judge = /discriminator|critic|(^|_)(net)?d(isc)?(_|$)|netD\b/i;

/** A stack that a class keeps: the shorter names say something else there. */
const ownJudge = /^self\.(net_?d|\w*(discriminator|critic)\w*)$/i;

/** Spectral normalisation of the layers of a GAN's discriminator. */
export const spectral: Planner = {
  propose: (script) => judges(script).map((one) => normalise(one, script)),
  nothing: (script) =>
    isAdversarial(script)
      ? l10n.t(
          'the discriminator is not defined in this file: wrap its layers in torch.nn.utils.parametrizations.spectral_norm where it is',
        )
      : l10n.t('only the discriminator of a GAN is normalised so, and there is none here'),
};

/** A discriminator: a class, a function, or a stack that is assigned to such a name, and its layers. */
interface Judge {
  anchor: Node;
  name: string;
  layers: Call[];
}

const layer =
  /^(torch\.nn\.(Conv\d?d|ConvTranspose\dd|Linear|Embedding)|keras\.layers\.(Conv\dD|Conv\dDTranspose|Dense))$/;

function judges(script: Script): Judge[] {
  const definitions = [
    ...script.classes,
    ...script.functions.filter((fn) => enclosingClass(fn) === null),
  ].flatMap((node): Judge[] => {
    const name = node.childForFieldName('name')!;
    const fits =
      node.type === 'class_definition'
        ? judgeClass(name.text, script)
        : /(^|_)(make_|build_|define_)?(discriminator|critic)(_model)?$/i.test(name.text);
    return fits ? [{ anchor: name, name: name.text, layers: layersIn(node, script) }] : [];
  });
  const stacks = isReinforcement(script)
    ? []
    : callsWhere(script, ({ path }) => /^(torch\.nn|keras(\.models)?)\.Sequential$/.test(path)).flatMap(
        (call): Judge[] => {
          const left =
            call.node.parent?.type === 'assignment' ? call.node.parent.childForFieldName('left') : null;
          const named =
            left !== null &&
            (enclosingClass(call.node) ? ownJudge.test(spelled(left)) : judge.test(left.text));
          const inner = definitions.some(({ layers }) => layers.some((one) => isInside(one.node, call.node)));
          return named && !inner
            ? [{ anchor: call.node, name: spelled(left), layers: layersIn(call.node, script) }]
            : [];
        },
      );
  return isAdversarial(script) || definitions.length > 0
    ? [...definitions, ...stacks].filter(({ layers }) => layers.length > 0)
    : [];
}

/** A `Critic` judges states where there is an actor, and a discriminator replaced words in some language models. */
function judgeClass(name: string, script: Script): boolean {
  if (isReinforcement(script)) return false;
  if (/(Discriminator)(Net|Network|Block)?$/.test(name)) return true;
  return (isAdversarial(script) || weightClip(script) !== null) && /Critic|^(Net)?D(_?\w?Net)?$/.test(name);
}

function layersIn(node: Node, script: Script): Call[] {
  return callsIn(script, node).filter(({ path }) => layer.test(path));
}

function normalise({ anchor, name, layers }: Judge, script: Script): Proposal {
  const no = (reason: string): Proposal => refuse(anchor, reason);
  const line = anchor.startPosition.row + 1;
  if (isBroken(statementAround(anchor)) || layers.some(({ node }) => node.hasError))
    return no(l10n.t('the code around line {0} has a syntax error', line));
  const present = script.calls.find((call) =>
    /^(spectral_norm|SpectralNormalization|SpectralNorm|sn_\w+|SN\w*Conv\w*|snconv\w*|snlinear)$/i.test(
      call.name,
    ),
  );
  if (present)
    return no(
      l10n.t(
        'spectral norm is in place already (line {0}): twice it does nothing more',
        present.node.startPosition.row + 1,
      ),
    );
  const clamp = weightClip(script);
  if (clamp)
    return no(
      l10n.t(
        'the weights are clipped in line {0} (WGAN): take that out first, both bound the same thing',
        clamp.startPosition.row + 1,
      ),
    );
  const penalty = gradientPenalty(script);
  if (penalty !== null)
    return no(
      l10n.t(
        'a gradient penalty is taken in line {0} (WGAN-GP): take that out first, both bound the slope of the critic',
        penalty,
      ),
    );
  if (layers.some(({ path }) => path === 'torch.nn.Embedding'))
    return no(l10n.t('{0} embeds its labels: normalise its layers by hand, the embedding with them', name));
  const keras = layers.every(({ path }) => path.startsWith('keras.'));
  const wrapper = keras ? kerasClass('layers', 'SpectralNormalization', script) : torchWrapper(script);
  const edits: TextEdit[] = [
    ...wrapper.edits,
    ...layers.flatMap(({ node }) => [insertBeforeNode(node, `${wrapper.name}(`), insertAfterNode(node, ')')]),
  ];
  return {
    anchor,
    outcome: {
      edits,
      title:
        layers.length === 1
          ? l10n.t('Wrap 1 layer of `{0}` in `{1}`', name, wrapper.name)
          : l10n.t('Wrap {0} layers of `{1}` in `{2}`', layers.length, name, wrapper.name),
      many: (n) => l10n.t('Wrap the layers of {0} discriminators in `{1}`', n, wrapper.name),
      notes: notes(keras, script),
    },
  };
}

function notes(keras: boolean, { text: { source } }: Script): string[] {
  const all = [
    l10n.t(
      'The weights have other names now: checkpoints from before do not load, and the optimizer is built after the model.',
    ),
  ];
  if (keras) return [l10n.t('Checkpoints from before do not load.')];
  if (/\.weight(\.data)?\b.*\bnormal_|init\.\w+_\(\s*\w+\.weight/.test(source))
    all.push(
      l10n.t(
        'An initialisation that writes to weight of these layers has no effect any more: it would have to write to parametrizations.weight.original.',
      ),
    );
  return all;
}

function torchWrapper(script: Script): { name: string; edits: TextEdit[] } {
  const path = 'torch.nn.utils.parametrizations.spectral_norm';
  const reached = reachTorch(path, script);
  // The whole path around each layer would be long: an import by name is shorter.
  return reached.name.length > 24 ? reach(path, script, []) : reached;
}

/** `for p in critic.parameters(): p.data.clamp_(-c, c)` */
export const weightClip = oncePer((script: Script): Node | null => {
  const found = script.calls.find(
    (call) =>
      /^(clamp_|clip_)$/.test(call.name) &&
      /^\w+(\.data|\.weight|\.weight\.data)?$/.test(call.receiver?.text ?? '') &&
      /parameters\(\)|trainable|weights/.test(
        enclosing(call.node, 'for_statement')?.childForFieldName('right')?.text ?? '',
      ),
  );
  const assigned = script.calls.find(
    (call) =>
      call.name === 'assign' &&
      /clip_by_value|tf\.clip/.test(call.node.text) &&
      enclosingFunction(call.node) !== undefined,
  );
  return found?.node ?? assigned?.node ?? null;
});
