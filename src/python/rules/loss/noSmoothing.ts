/**
 * FC701 No label smoothing in classification.
 *
 * Source: the seed document (0.1 in vision). Of 131 real configs 12 have it, so its absence is normal: a hint, and only
 * for image classifiers of many classes that are trained from nothing.
 */
import * as l10n from '@vscode/l10n';
import { argument, hasSplat } from '../../model/call';
import { importsModule } from '../../model/framework';
import { oncePer } from '../../model/once';
import type { Script } from '../../model/script';
import { isAdversarial, isReinforcement } from '../../model/subject';
import { smoothing } from '../../smoothing/plan';
import { pairsTargets, isTwoClass } from '../../smoothing/targets';
import { plannedAt, type CodeRule } from '../rule';

export const noSmoothing: CodeRule = {
  code: 'FC701',
  title: 'No label smoothing in classification',
  words: /CrossEntropyLoss|cross_entropy/,
  check(script) {
    if (!classifiesImages(script)) return [];
    const [loss] = script.losses.filter(({ path }) => path === 'torch.nn.CrossEntropyLoss');
    if (!loss || hasSplat(loss) || loss.args().length > 0 || argument(loss, 'label_smoothing')) return [];
    return [
      {
        at: loss.node,
        severity: 'hint',
        message: l10n.t(
          'The targets are not smoothed: with many classes label_smoothing=0.1 keeps the model from being too sure. Use it for the training loss only.',
        ),
        fix: plannedAt(smoothing.propose(script), loss.node),
      },
    ];
  },
};

const manyClasses =
  /CIFAR100?|ImageNet|ImageFolder|Food101|StanfordCars|Places365|Flowers102|Caltech(101|256)|TinyImageNet/;
/** Other tasks, where smoothing is unusual or wrong. */
const otherTask =
  /distill|teacher|segment|detect|medical|x-?ray|ignore_index|mixup|cutmix|soft_?target|pretrained\s*=\s*True|from_pretrained|weights\s*=\s*\w+_?Weights|contrastive|simclr|moco/i;

const classifiesImages = oncePer((script: Script): boolean => {
  const { source } = script.text;
  if (script.updatePoints.length === 0 || !importsModule(script, 'torchvision', 'timm')) return false;
  if (isAdversarial(script) || isReinforcement(script)) return false;
  if (pairsTargets(script) || isTwoClass(script)) return false;
  return manyClasses.test(source) && !otherTask.test(source) && !/smooth/i.test(source);
});
