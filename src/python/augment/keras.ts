import { callsWhere } from '../model/alike';
import { addAfter, itemGap } from '../edit/arguments';
import { kerasClass } from '../keras';
import { parts } from '../model/nodes';
import type { Script } from '../model/script';
import { readCall } from '../model/call';
import { refuse, type Proposal } from '../proposal';
import { unfitImages } from './subject';

/** Keras' random layers at the head of a convolutional network: they act in training only. */
export function augmentKeras(script: Script): Proposal[] {
  return callsWhere(script, ({ path }) => /^keras(\.models)?\.Sequential$/.test(path)).flatMap(
    (call): Proposal[] => {
      const list = call.args()[0]?.value;
      if (list?.type !== 'list') return [];
      const layers = parts(list).map((item) =>
        item.type === 'call' ? readCall(item, script.imports) : null,
      );
      if (!layers.some((one) => one && /^Conv2D$|SeparableConv2D/.test(one.name))) return [];
      const no = (reason: string): Proposal[] => [refuse(call.node, reason)];
      const line = call.node.startPosition.row + 1;
      const present = script.calls.find(
        ({ name, path }) =>
          /^Random[A-Z]\w+$|^ImageDataGenerator$|^(RandAugment|AugMix|MixUp|CutMix)$/.test(name) &&
          /keras/.test(path),
      );
      if (present)
        return no(
          `images are changed at random already: ${present.name} in line ${present.node.startPosition.row + 1}`,
        );
      const reason = unfitImages(script);
      if (reason) return no(reason);
      const [first] = layers;
      if (!first || !/^(Input|InputLayer)$/.test(first.name))
        return no(
          `the network of line ${line} does not begin with an Input: give it keras.Input(shape=...) first, then the random layers behind it`,
        );
      const digits =
        /\bmnist\b|svhn|digits/i.test(script.text.source) && !/fashion_?mnist/i.test(script.text.source);
      const translation = kerasClass('layers', 'RandomTranslation', script);
      const flip = kerasClass('layers', 'RandomFlip', script);
      const q = script.text.quote;
      const made = [`${translation.name}(0.1, 0.1)`];
      if (!digits) made.unshift(`${flip.name}(${q}horizontal${q})`);
      const edits = [...(digits ? [] : flip.edits), ...translation.edits];
      const code = made.join(itemGap(list, script));
      return [
        {
          anchor: call.node,
          outcome: {
            edits: [...edits, ...addAfter(list, first.node, code, script.text)],
            title: `Change the training images at random: ${digits ? '`RandomTranslation`' : '`RandomFlip` and `RandomTranslation`'} behind the input`,
            notes: [
              digits
                ? 'No flips: a mirrored digit is another one, or none.'
                : 'Take the flip out where left and right differ.',
              'These layers do nothing in evaluate and predict.',
            ],
          },
        },
      ];
    },
  );
}
