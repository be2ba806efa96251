/**
 * FC703 Label smoothing out of range.
 *
 * Source: the seed document (about 0.1 in vision, usually none in language model pretraining). The value is a share of
 * probability: PyTorch raises above 1, and below 0 or from 1 on it is no distribution any more.
 */
import * as l10n from '@vscode/l10n';
import { setArgument } from '../../edit/arguments';
import { trainingArguments } from '../../huggingFace';
import { argument, type Call } from '../../model/call';
import { numberOf } from '../../model/nodes';
import type { Script } from '../../model/script';
import type { CodeRule } from '../rule';

export const smoothingRangeInCode: CodeRule = {
  code: 'FC703',
  title: 'Label smoothing out of range',
  words: /smoothing/,
  check: (script) =>
    smoothed(script).flatMap(({ call, name }) => {
      const given = argument(call, name, name === 'smoothing' ? 0 : -1);
      const share = numberOf(given?.value);
      if (!given || share === null || (share >= 0 && share <= 0.2)) return [];
      const impossible = share < 0 || share >= 1;
      const what = impossible
        ? l10n.t('it is a share of probability, from 0 to below 1')
        : share > 0.3
          ? l10n.t('far above the usual')
          : l10n.t('above the usual');
      return [
        {
          at: given.value,
          severity: impossible ? ('error' as const) : share > 0.3 ? ('warning' as const) : ('info' as const),
          message: l10n.t(
            'The label smoothing is {0}: {1}. Usual: 0.1 in classification, 0 in language model pretraining.',
            given.value.text,
            what,
          ),
          // Above 1 it raises; a negative one runs, and may be meant.
          fix: { title: l10n.t('Set it to 0.1'), edits: [setArgument(given, '0.1')], safe: share > 1 },
        },
      ];
    }),
};

/** What takes a share of smoothing, and by which name. */
function smoothed(script: Script): { call: Call; name: string }[] {
  const losses = script.losses
    .filter(({ path }) => /CrossEntropy|Crossentropy|cross_entropy/.test(path))
    .map((call) => ({ call, name: 'label_smoothing' }));
  const timm = script.calls.flatMap((call) => {
    if (/^timm\.(\w+\.)*LabelSmoothingCrossEntropy$/.test(call.path)) return [{ call, name: 'smoothing' }];
    return /^timm\.(\w+\.)*Mixup$/.test(call.path) ? [{ call, name: 'label_smoothing' }] : [];
  });
  return [
    ...losses,
    ...timm,
    ...trainingArguments(script).map((call) => ({ call, name: 'label_smoothing_factor' })),
  ];
}
