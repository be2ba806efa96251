import * as l10n from '@vscode/l10n';
import { elsewhereAdvice } from '../elsewhere';
import { trainingArguments } from '../huggingFace';
import { boundNames } from '../edit/imports';
import { insertAfter, insertBefore } from '../edit/insert';
import { reach } from '../edit/reach';
import type { TechniqueId } from '../../remedies/remedy';
import { frameworkAt, isKerasFile } from '../model/framework';
import type { Module } from '../model/modules';
import {
  bodyOf,
  enclosing,
  isBroken,
  isInside,
  parameterNames,
  parts,
  statementAround,
} from '../model/nodes';
import type { Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import type { Node } from '../parser';
import { refuse, type Planner, type Proposal } from '../proposal';
import { batchOf, hardUse, unpacked, type Batch } from './batch';
import { classCount } from './classes';
import { mixes } from '../smoothing/unfit';
import { unfitForMixing } from './unfit';

/** One way of mixing. Source of the strengths: 0.2 to 0.8 for Mixup, 1.0 for CutMix. */
interface Mix {
  id: TechniqueId;
  className: string;
  alpha: string;
  title: (code: string) => string;
}

/** Batches whose images and labels are blends of two. */
export const mixup = planner({
  id: 'mixup',
  className: 'MixUp',
  alpha: '0.2',
  title: (code) => l10n.t('Blend each training batch with itself: `{0}`', code),
});

/** Batches whose images hold a patch of another one. */
export const cutmix = planner({
  id: 'cutmix',
  className: 'CutMix',
  alpha: '1.0',
  title: (code) => l10n.t('Paste patches of other images into each training batch: `{0}`', code),
});

function planner(mix: Mix): Planner {
  return {
    propose(script) {
      const loops = script.updatePoints.map((point) => inLoop(point, mix, script));
      return [...loops, ...script.modules.flatMap((module) => inLightning(module, mix, script))];
    },
    nothing(script) {
      if (mixes(script)) return l10n.t('batches are mixed already');
      if (isKerasFile(script))
        return l10n.t(
          'Keras: map keras.layers.{0}() over the batches of the training set, with one-hot labels and CategoricalCrossentropy',
          mix.className,
        );
      if (trainingArguments(script).length > 0)
        return l10n.t(
          'the Hugging Face Trainer: mix in the data collator (torchvision.transforms.v2.{0}), and compute the loss with soft labels',
          mix.className,
        );
      if (script.wrappers.some(({ kind }) => kind === 'deepspeed'))
        return l10n.t(
          'the DeepSpeed engine takes the steps here: mix in the data collator (torchvision.transforms.v2.{0}), and compute the loss with soft labels',
          mix.className,
        );
      return (
        elsewhereAdvice(script, mix.id) ??
        l10n.t('no training loop over batches of images and labels stands here')
      );
    },
  };
}

function inLoop(point: UpdatePoint, mix: Mix, script: Script): Proposal {
  const { statement } = point;
  const line = statement.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(statement, reason);
  if (isBroken(statement)) return no(l10n.t('the code around line {0} has a syntax error', line));
  const reason = unfitForMixing(script);
  if (reason) return no(reason);
  if (/^(keras|hf-trainer|lightning|deepspeed)$/.test(frameworkAt(point, script)))
    return no(l10n.t('the step in line {0} is taken by a framework: mix in the data collator', line));
  const batch = batchOf(point);
  if (!batch)
    return no(
      l10n.t('the loop around line {0} does not take its batches apart into images and labels', line),
    );
  const loop = outermostLoop(batch.body);
  return write({ anchor: statement, batch, home: loop, place: 'before', prefix: '' }, mix, script);
}

/** `x, y = batch` in `training_step`; the mix is made with the layers. */
function inLightning(module: Module, mix: Mix, script: Script): Proposal[] {
  if (module.library !== 'lightning' || !module.init) return [];
  const step = bodyOf(module.node).find((one) => one.childForFieldName('name')?.text === 'training_step');
  const body = step?.childForFieldName('body');
  const name = step && parameterNames(step)[1];
  if (!step || !body || name === undefined) return [];
  const anchor = step.childForFieldName('name')!;
  const reason = unfitForMixing(script);
  if (reason) return [refuse(anchor, reason)];
  const batch = unpacked(name, body);
  if (!batch)
    return [refuse(anchor, l10n.t('training_step does not take its batch apart into images and labels'))];
  if (script.updatePoints.some((one) => isInside(one.statement, module.node))) return [];
  return [
    write(
      {
        anchor,
        batch,
        home: parts(module.init.childForFieldName('body')).at(-1)!,
        place: 'after',
        prefix: 'self.',
      },
      mix,
      script,
    ),
  ];
}

interface Place {
  anchor: Node;
  batch: Batch;
  /** Where the mix is made, and on which side. */
  home: Node;
  place: 'before' | 'after';
  prefix: '' | 'self.';
}

function write(
  { anchor, batch, home, place, prefix }: Place,
  { id, className, alpha, title }: Mix,
  script: Script,
): Proposal {
  const no = (reason: string): Proposal => refuse(anchor, reason);
  const hard = hardUse(batch, script);
  if (hard)
    return no(
      l10n.t(
        'line {0} uses {1} as class numbers (an accuracy?): mixed labels are probabilities, so take that out of the training loop first',
        hard.startPosition.row + 1,
        batch.labels,
      ),
    );
  const classes = classCount(script);
  if (classes === null)
    return no(l10n.t('how many classes there are is not a number in sight: num_classes must be given'));
  if (boundNames(script).has(id) || boundNames(script).has(`self.${id}`))
    return no(l10n.t('the name {0} is in use already', id));
  const { name, edits } = reach(`torchvision.transforms.v2.${className}`, script, []);
  const make = `${prefix}${id} = ${name}(alpha=${alpha}, num_classes=${classes})`;
  const apply = `${batch.inputs}, ${batch.labels} = ${prefix}${id}(${batch.inputs}, ${batch.labels})`;
  const made = (place === 'before' ? insertBefore : insertAfter)(home, [make], script.text);
  const used = (batch.place === 'before' ? insertBefore : insertAfter)(batch.anchor, [apply], script.text);
  if (!made || !used)
    return no(l10n.t('line {0} shares its line with other code', anchor.startPosition.row + 1));
  return {
    anchor,
    outcome: {
      edits: [...edits, made, used],
      value: alpha,
      title: title(`${name}(alpha=${alpha}, num_classes=${classes})`),
      notes: [
        l10n.t(
          'The labels become probabilities, which cross-entropy takes. Training accuracy means nothing any more.',
        ),
        l10n.t('It needs torchvision 0.16. Switch it off for the last epochs.'),
      ],
    },
  };
}

function outermostLoop(body: Node): Node {
  let found = body.parent!;
  for (
    let loop = enclosing(found, 'for_statement', 'while_statement', 'function_definition');
    loop && loop.type !== 'function_definition';
  ) {
    found = loop;
    loop = enclosing(loop, 'for_statement', 'while_statement', 'function_definition');
  }
  return statementAround(found);
}
