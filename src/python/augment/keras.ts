import * as l10n from '@vscode/l10n';
import { callsWhere } from '../model/alike';
import type { TextEdit } from '../../remedies/textEdit';
import { addAfter, itemGap } from '../edit/arguments';
import { boundNames } from '../edit/imports';
import { insertAfter, replaceNode } from '../edit/insert';
import { kerasClass } from '../keras';
import { usesOf } from '../model/mentions';
import { parts, statementAround } from '../model/nodes';
import type { Script } from '../model/script';
import { argument, readCall, type Call } from '../model/call';
import { isAdversarial } from '../model/subject';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';
import { unfitImages } from './subject';

const convolution = /^Conv2D$|SeparableConv2D/;

/** Keras' random layers at the head of a convolutional network: they act in training only. */
export function augmentKeras(script: Script): Proposal[] {
  return [...listed(script), ...functional(script)];
}

/** `Sequential([Input(…), Conv2D(…), …])` */
function listed(script: Script): Proposal[] {
  return callsWhere(script, ({ path }) => /^keras(\.models)?\.Sequential$/.test(path)).flatMap(
    (call): Proposal[] => {
      const list = call.args()[0]?.value;
      if (list?.type !== 'list') return [];
      const layers = parts(list).map((item) =>
        item.type === 'call' ? readCall(item, script.imports) : null,
      );
      if (!layers.some((one) => one && convolution.test(one.name))) return [];
      const reason = unfit(script);
      if (reason) return [refuse(call.node, reason)];
      const [first] = layers;
      if (!first || !/^(Input|InputLayer)$/.test(first.name))
        return [
          refuse(
            call.node,
            l10n.t(
              'the network of line {0} does not begin with an Input: give it keras.Input(shape=...) first, then the random layers behind it',
              call.node.startPosition.row + 1,
            ),
          ),
        ];
      const { layers: made, edits, say } = randomLayers(script);
      const code = made.join(itemGap(list, script));
      return [augmented(call.node, [...edits, ...addAfter(list, first.node, code, script.text)], say)];
    },
  );
}

/** `inputs = Input((32, 32, 3))`, `x = Conv2D(…)(inputs)` */
function functional(script: Script): Proposal[] {
  if (!script.calls.some(({ path, name }) => path.startsWith('keras.layers.') && convolution.test(name)))
    return [];
  return callsWhere(script, ({ path }) => /^keras(\.layers)?\.Input$/.test(path)).flatMap(
    (call): Proposal[] => {
      const target =
        call.node.parent?.type === 'assignment' ? call.node.parent.childForFieldName('left') : null;
      if (target?.type !== 'identifier' || !isOfImages(call)) return [];
      const line = call.node.startPosition.row + 1;
      const no = (why: string): Proposal[] => [refuse(call.node, why)];
      const reason = unfit(script);
      if (reason) return no(reason);
      const uses = usesOf(target.text, target, script).filter((use) => isFed(use) && use.id !== target.id);
      const [use] = uses;
      if (!use || uses.length > 1)
        return no(
          use
            ? l10n.t(
                'the input of line {0} goes to several layers: put the random layers behind it by hand',
                line,
              )
            : l10n.t(
                'the input of line {0} goes to no layer that is seen here: put the random layers behind it by hand',
                line,
              ),
        );
      if (boundNames(script).has('augmented')) return no(l10n.t('the name augmented is taken'));
      const { layers, edits, say } = randomLayers(script);
      const lines = layers.map((layer, i) => `augmented = ${layer}(${i === 0 ? target.text : 'augmented'})`);
      const inserted = insertAfter(statementAround(call.node), lines, script.text);
      if (!inserted) return no(l10n.t('line {0} shares its line with other code', line));
      return [augmented(call.node, [...edits, inserted, replaceNode(use, 'augmented')], say)];
    },
  );
}

/** Height, width and channels, as far as the shape is written out. */
function isOfImages(call: Call): boolean {
  const shape = argument(call, 'shape', 0)?.value;
  return shape !== undefined && (shape.type !== 'tuple' || parts(shape).length === 3);
}

/** Whether a mention is what a layer is called on: `Conv2D(…)(inputs)`, `base(inputs)`, and not `Model(inputs, …)`. */
function isFed(use: Node): boolean {
  const list = use.parent;
  const callee = list?.type === 'argument_list' ? list.parent?.childForFieldName('function') : null;
  if (!callee || parts(list).length !== 1) return false;
  return callee.type === 'call' || !/(^|\.)Model$/.test(callee.text);
}

/** Why no random layers fit, or null where they do. */
function unfit(script: Script): string | null {
  const present = script.calls.find(
    ({ name, path }) =>
      /^Random[A-Z]\w+$|^ImageDataGenerator$|^(RandAugment|AugMix|MixUp|CutMix)$/.test(name) &&
      /keras/.test(path),
  );
  if (present)
    return l10n.t(
      'images are changed at random already: {0} in line {1}',
      present.name,
      present.node.startPosition.row + 1,
    );
  if (isAdversarial(script))
    return l10n.t('a GAN: what is changed in its images, its generator learns to make');
  if (script.calls.some(({ name }) => /^(Conv2DTranspose|UpSampling2D)$/.test(name)))
    return l10n.t(
      'the network gives images back: what is changed in its input would have to be changed in its target, too',
    );
  return unfitImages(script);
}

interface RandomLayers {
  layers: string[];
  edits: TextEdit[];
  say: { title: string; note: string };
}

function randomLayers(script: Script): RandomLayers {
  const { source, quote } = script.text;
  const digits = /\bmnist\b|svhn|digits/i.test(source) && !/fashion_?mnist/i.test(source);
  const translation = kerasClass('layers', 'RandomTranslation', script);
  const moved = `${translation.name}(0.1, 0.1)`;
  if (digits)
    return {
      layers: [moved],
      edits: translation.edits,
      say: {
        title: l10n.t('Change the training images at random: `RandomTranslation` behind the input'),
        note: l10n.t('No flips: a mirrored digit is another one, or none.'),
      },
    };
  const flip = kerasClass('layers', 'RandomFlip', script);
  return {
    layers: [`${flip.name}(${quote}horizontal${quote})`, moved],
    edits: [...flip.edits, ...translation.edits],
    say: {
      title: l10n.t(
        'Change the training images at random: `RandomFlip` and `RandomTranslation` behind the input',
      ),
      note: l10n.t('Take the flip out where left and right differ.'),
    },
  };
}

function augmented(anchor: Node, edits: TextEdit[], { title, note }: RandomLayers['say']): Proposal {
  return {
    anchor,
    outcome: {
      edits,
      title,
      notes: [note, l10n.t('These layers do nothing in evaluate and predict.')],
    },
  };
}
