import * as l10n from '@vscode/l10n';
import { callsWhere, someCall } from '../model/alike';
import type { TextEdit } from '../../remedies/textEdit';
import { addFirst, itemGap } from '../edit/arguments';
import { boundNames } from '../edit/imports';
import { indentOf, insertAfter, insertAt, insertBeforeNode, replaceNode } from '../edit/insert';
import { siblingOf } from '../edit/imports';
import { argument, readCall, type Call } from '../model/call';
import { isBroken, parts, statementAround } from '../model/nodes';
import type { Script } from '../model/script';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';
import { imagesOf, sides, unfitImages } from './subject';
import { transformUses, type TransformUse } from './uses';

const random =
  /^(Random\w*|TrivialAugmentWide|AutoAugment|RandAugment|AugMix|ColorJitter|GaussianBlur|ElasticTransform|create_transform)$/;
/** Augmentations stand before these, where images are still images. */
const toTensor = /^(ToTensor|PILToTensor|ToImage|ToDtype|ConvertImageDtype|Normalize)$/;

/** Random changes of the training images, in the transform of the training set only. */
export function augmentTorchvision(script: Script): Proposal[] {
  const composes = callsWhere(script, ({ path }) => /^torchvision\.transforms(\.v2)?\.Compose$/.test(path));
  return composes.flatMap((call) => augment(call, script));
}

function augment(call: Call, script: Script): Proposal[] {
  const no = (reason: string): Proposal[] => [refuse(call.node, reason)];
  const line = call.node.startPosition.row + 1;
  const list = argument(call, 'transforms', 0)?.value;
  if (list?.type !== 'list') return [];
  if (isBroken(statementAround(call.node)))
    return no(l10n.t('the code around line {0} has a syntax error', line));
  const items = parts(list).map((item) => (item.type === 'call' ? readCall(item, script.imports) : null));
  const present = items.find((one) => one !== null && random.test(one.name));
  if (present)
    return no(
      l10n.t(
        'images are changed at random already: {0} in line {1}',
        present.name,
        present.node.startPosition.row + 1,
      ),
    );
  const { target, uses } = transformUses(call, script);
  const train = uses.filter(({ split }) => split === 'train');
  if (uses.length > 0 && uses.every(({ split }) => split === 'eval'))
    return no(
      l10n.t('the transform of line {0} is for validation or test: those images stay as they are', line),
    );
  const reason = unfitImages(script);
  if (reason) return no(reason);
  if (
    someCall(script, ({ name }) =>
      /^(random_split|Subset|SubsetRandomSampler|KFold|StratifiedKFold|train_test_split)$/.test(name),
    )
  )
    return no(
      l10n.t(
        'the data is split after its transform is set: the validation images would be changed, too; give each part a data set of its own first',
      ),
    );
  if (train.length === 0 || uses.some(({ split }) => split === 'unknown'))
    return no(
      l10n.t(
        'whether the transform of line {0} is for training or validation is not clear: change the training images only',
        line,
      ),
    );
  const names = new Set(train.map(({ dataset }) => dataset));
  if (names.size !== 1) return no(l10n.t('the transform of line {0} goes into several data sets', line));
  const made = itemsFor(train[0]!.dataset, call, script);
  if ('reason' in made) return no(made.reason);
  const edits =
    train.length === uses.length
      ? within(list, items, made.code, script)
      : beside(call, target, train, made.code, script);
  if (!edits)
    return no(
      l10n.t(
        'the transform of line {0} also goes into a validation set, and there is no place for a second one',
        line,
      ),
    );
  return [
    {
      anchor: call.node,
      outcome: {
        edits: [...made.edits, ...edits],
        title: l10n.t(
          'Change the training images at random: {0}',
          made.names.map((one) => `\`${one}\``).join(', '),
        ),
        many: (count) => l10n.t('Change the training images at random in {0} transforms', count),
        notes: made.notes,
      },
    },
  ];
}

interface Made {
  code: string[];
  names: string[];
  edits: TextEdit[];
  notes: string[];
}

/** What suits a data set, called as the script calls its other transforms. */
function itemsFor(dataset: string, compose: Call, script: Script): Made | { reason: string } {
  const kind = imagesOf(dataset);
  const side = sides[dataset] ?? 0;
  const wanted: (readonly [string, string])[] =
    kind === 'digits'
      ? [['RandomAffine', 'degrees=10, translate=(0.1, 0.1)']]
      : kind === 'small'
        ? [
            ['RandomCrop', `${side}, padding=${Math.round(side / 8)}`],
            ['RandomHorizontalFlip', ''],
          ]
        : [
            ['RandomHorizontalFlip', ''],
            ['TrivialAugmentWide', ''],
          ];
  const edits: TextEdit[] = [];
  const code: string[] = [];
  for (const [name, args] of wanted) {
    if (compose.receiver) {
      code.push(`${compose.receiver.text}.${name}(${args})`);
      continue;
    }
    const imported = script.imports.names.find(({ bound }) => bound === compose.callee.text);
    if (!imported) return { reason: l10n.t('where Compose comes from is not visible here') };
    const reached = siblingOf(imported, name, script);
    edits.push(...reached.edits);
    code.push(`${reached.name}(${args})`);
  }
  // Several names beside one import go in at one place, in this order.
  const notes =
    kind === 'digits'
      ? [l10n.t('No flips: a mirrored digit is another one, or none.')]
      : kind === 'photos'
        ? [
            l10n.t(
              'Take the flip out where left and right differ (text, traffic signs). Loading takes longer, and training more epochs.',
            ),
          ]
        : [l10n.t('Training takes more epochs now: training loss ends higher, validation loss lower.')];
  return { code, names: wanted.map(([name]) => name), edits, notes };
}

/** Before the first item that makes a tensor, each on a line of its own where the items have theirs. */
function within(
  list: Node,
  items: readonly (Call | null)[],
  code: readonly string[],
  script: Script,
): TextEdit[] {
  const at = items.findIndex((one) => one !== null && toTensor.test(one.name));
  const before = parts(list)[Math.max(at, 0)];
  if (!before || at <= 0) return addFirst(list, code.join(itemGap(list, script)), script.text);
  const { row, column } = before.startPosition;
  const indent = (script.text.lines[row] ?? '').slice(0, column);
  return indent.trim() === ''
    ? [insertAt(row, 0, code.map((one) => `${indent}${one},${script.text.eol}`).join(''))]
    : [insertBeforeNode(before, code.map((one) => `${one}, `).join(''))];
}

/** A transform of its own for the training, around the shared one. */
function beside(
  call: Call,
  target: Node | null,
  train: readonly TransformUse[],
  code: readonly string[],
  script: Script,
): TextEdit[] | null {
  if (target?.type !== 'identifier') return null;
  const name = `train_${target.text}`;
  const statement = statementAround(call.node);
  if (boundNames(script).has(name) || indentOf(statement, script.text) === null) return null;
  const line = insertAfter(
    statement,
    [`${name} = ${call.callee.text}([${[...code, target.text].join(', ')}])`],
    script.text,
  );
  return line && [line, ...train.map(({ node }) => replaceNode(node, name))];
}
