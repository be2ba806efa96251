import * as l10n from '@vscode/l10n';
import { someCall } from '../model/alike';
import { importsModule } from '../model/framework';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import { isAdversarial, isLanguageModel, isReinforcement } from '../model/subject';
import { headWithoutClasses, pairsTargets, isTwoClass, twoClasses } from './targets';

/** Why no loss of a script should be smoothed, or null where one may be. */
export const unfitForSmoothing = oncePer((script: Script): string | null => {
  if (isAdversarial(script))
    return l10n.t('a GAN: its labels are real and fake, whose smoothing is another technique');
  if (isReinforcement(script)) return l10n.t('reinforcement learning: there are no labels to smooth');
  if (isLanguageModel(script))
    return l10n.t(
      'a language model: in pretraining the labels are not smoothed, since the loss is to be a likelihood',
    );
  if (distils(script))
    return l10n.t(
      'distillation: the targets of the teacher are soft already, and smoothing on top hides what it knows',
    );
  if (mixes(script)) return l10n.t('mixup or CutMix makes the targets soft already: do not smooth twice');
  if (pairsTargets(script))
    return l10n.t(
      'a contrastive loss: its targets are made by the script and say which pair belongs together, not a class of many',
    );
  if (isTwoClass(script)) return twoClasses();
  const head = headWithoutClasses(script);
  if (head !== null) return head;
  if (/pseudo_?label/i.test(script.text.source))
    return l10n.t(
      'pseudo-labels: some targets are the answers of the model itself; smooth the loss of the labelled examples only, by hand',
    );
  if (denoises(script))
    return l10n.t('a diffusion model: its loss is a regression of noise, and has no labels');
  if (isDense(script))
    return l10n.t('a segmentation by its names: smoothing each pixel is not usual, and blurs the borders');
  return null;
});

export const distils = oncePer(
  ({ calls, text: { source } }: Script): boolean =>
    /\bteacher(?!_?forc)/i.test(source) ||
    calls.some(({ path }) => /^torch\.nn\.(functional\.kl_div|KLDivLoss)$/.test(path)),
);

/** Batches whose labels are mixed. */
export const mixes = oncePer(
  ({ calls, functions }: Script): boolean =>
    calls.some(
      ({ name, path }) =>
        /^(MixUp|CutMix|Mixup|RandomMixup|RandomCutmix|FastCollateMixup|SoftTargetCrossEntropy)$/.test(
          name,
        ) || /(^|[._])(mixup|cutmix)(_data|_batch|_criterion)?$/i.test(path),
    ) || functions.some((fn) => /^(mixup|cutmix)/i.test(fn.childForFieldName('name')?.text ?? '')),
);

/** Its network is a U-Net, too. */
const denoises = oncePer(
  (script: Script): boolean =>
    importsModule(script, 'diffusers') ||
    (/diffusion|noise_schedul|q_sample|ddpm/i.test(script.text.source) &&
      !script.losses.some(({ path }) => /cross_entropy|CrossEntropy/.test(path))),
);

/** A regression of each pixel, as of a diffusion model, is another matter, and says so itself. */
const isDense = oncePer(
  (script: Script): boolean =>
    script.losses.some(({ name }) => /entropy|^NLL|nll_|BCE|Focal|Dice/i.test(name)) &&
    (importsModule(script, 'segmentation_models_pytorch') ||
      script.modules.some(({ name }) => /UNet|Segment|DeepLab|FCN\d*$/i.test(name)) ||
      someCall(script, ({ path }) =>
        /(^|\.)segmentation\.|Segmentation\w*$|VOCSegmentation|Cityscapes/.test(path),
      )),
);
