import * as l10n from '@vscode/l10n';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';

/** What the images of a script are, as far as it matters for what may be done to them. */
export type Images = 'digits' | 'small' | 'photos';

const digits = /^(MNIST|KMNIST|EMNIST|QMNIST|USPS|SVHN|Omniglot)$/;
const small = /^(CIFAR10|CIFAR100|FashionMNIST|STL10)$/;

export function imagesOf(dataset: string): Images {
  if (digits.test(dataset)) return 'digits';
  return small.test(dataset) ? 'small' : 'photos';
}

/** The side of the images of a known set. */
export const sides: Readonly<Record<string, number>> = {
  CIFAR10: 32,
  CIFAR100: 32,
  FashionMNIST: 28,
  STL10: 96,
};

/** Why no flips and crops fit the images of a script, or null. */
export const unfitImages = oncePer(({ text: { source }, calls }: Script): string | null => {
  if (/x-?ray|chest|retina(?!net)|\bmri\b|\bct_?scan|histolog|patholog|dermat|mammo|medical/i.test(source))
    return l10n.t(
      'medical images by the words here: which changes keep the label (sides, orientation, colour) only you can tell',
    );
  if (/\bocr\b|captcha|licen[sc]e_?plate|handwrit|character_recog/i.test(source))
    return l10n.t('text in images by the words here: flips and crops change what it says');
  if (
    calls.some(({ name }) => /^(VOC\w+|Coco\w+|Cityscapes|WIDERFace|Kitti|OxfordIIITPet)$/.test(name)) ||
    /target_transform|segmentation|detection|bbox|keypoint|landmark/i.test(source)
  )
    return l10n.t(
      'the labels may be masks, boxes or points, which must be changed with the image: use torchvision.transforms.v2 on both together',
    );
  return null;
});
