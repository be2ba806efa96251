import * as l10n from '@vscode/l10n';
import { someCall } from '../model/alike';
import { argument } from '../model/call';
import { importsModule } from '../model/framework';
import { numberOf } from '../model/nodes';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import { isAdversarial, isReinforcement } from '../model/subject';
import { pairsTargets } from '../smoothing/targets';
import { distils, mixes } from '../smoothing/unfit';

/** Why the batches of a script are not to be mixed, or null. */
export const unfitForMixing = oncePer((script: Script): string | null => {
  const { source } = script.text;
  if (mixes(script)) return l10n.t('batches are mixed already');
  if (isAdversarial(script) || isReinforcement(script))
    return l10n.t('there are no classes here whose labels could be mixed');
  if (distils(script))
    return l10n.t('distillation: mixed images need the answer of the teacher to the mix, not mixed labels');
  if (pairsTargets(script))
    return l10n.t('a contrastive loss: there are no classes here whose labels could be mixed');
  const vision =
    importsModule(script, 'torchvision', 'timm') ||
    someCall(script, ({ path }) => path === 'torch.nn.Conv2d');
  if (!vision) return l10n.t('mixing is for images, and none are in sight here');
  if (!script.losses.some(({ path }) => /(CrossEntropyLoss|functional\.cross_entropy)$/.test(path)))
    return l10n.t(
      'the loss must take soft labels: only cross-entropy on logits does, and none is in sight here',
    );
  const smooth = source.includes('label_smoothing')
    ? script.losses.find((call) => numberOf(argument(call, 'label_smoothing')?.value))
    : undefined;
  if (smooth)
    return l10n.t(
      'labels are smoothed in line {0}: do not soften them twice',
      smooth.node.startPosition.row + 1,
    );
  if (/ignore_index|segmentation|detection|bbox/i.test(source))
    return l10n.t('the labels may be masks or boxes, which can not be mixed so');
  return null;
});
