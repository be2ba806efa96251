import * as l10n from '@vscode/l10n';
import { callsWhere } from '../model/alike';
import { elsewhereAdvice } from '../elsewhere';
import type { Call } from '../model/call';
import type { Script } from '../model/script';
import { refuse, type Planner, type Proposal } from '../proposal';
import { smoothCriterion } from './criterion';
import { smoothFastai } from './fastai';
import { smoothFunctional } from './functional';
import { smoothHuggingFace } from './huggingFace';
import { smoothKeras } from './keras';
import { smoothOptax } from './optax';
import { unfitForSmoothing } from './unfit';

/** Label smoothing, in the training loss only. */
export const smoothing: Planner = {
  propose(script) {
    const own = script.losses.flatMap((call) => smoothTorch(call, script));
    const found = [
      ...own,
      ...timm(script),
      ...smoothHuggingFace(script),
      ...smoothKeras(script),
      ...smoothOptax(script),
      ...smoothFastai(script),
    ];
    const reason = unfitForSmoothing(script);
    return reason ? found.map(({ anchor }) => refuse(anchor, reason)) : found;
  },
  nothing(script) {
    const advice = elsewhereAdvice(script, 'label-smoothing');
    return (
      advice ??
      unfitForSmoothing(script) ??
      l10n.t('no loss over several classes (cross-entropy) is computed here')
    );
  },
};

/** Losses that take no smoothing, each with what to do. */
const others: Readonly<Record<string, () => string>> = {
  nll_loss: () =>
    l10n.t('nll_loss takes no label_smoothing: give the logits, without log_softmax, to cross_entropy'),
  NLLLoss: () =>
    l10n.t('NLLLoss takes no label_smoothing: give the logits, without log_softmax, to CrossEntropyLoss'),
  BCELoss: () => l10n.t('the labels are binary, where smoothing is not usual'),
  BCEWithLogitsLoss: () => l10n.t('the labels are binary, where smoothing is not usual'),
  binary_cross_entropy: () => l10n.t('the labels are binary, where smoothing is not usual'),
  binary_cross_entropy_with_logits: () => l10n.t('the labels are binary, where smoothing is not usual'),
  MSELoss: () => l10n.t('the loss is a regression: there are no labels to smooth'),
  mse_loss: () => l10n.t('the loss is a regression: there are no labels to smooth'),
  L1Loss: () => l10n.t('the loss is a regression: there are no labels to smooth'),
  l1_loss: () => l10n.t('the loss is a regression: there are no labels to smooth'),
  SmoothL1Loss: () => l10n.t('the loss is a regression: there are no labels to smooth'),
  smooth_l1_loss: () => l10n.t('the loss is a regression: there are no labels to smooth'),
};

function smoothTorch(call: Call, script: Script): Proposal[] {
  if (call.path === 'torch.nn.CrossEntropyLoss') return [smoothCriterion(call, script)];
  if (call.path === 'torch.nn.functional.cross_entropy') return [smoothFunctional(call, script)];
  const why =
    call.path.startsWith('torch.') && Object.hasOwn(others, call.name) ? others[call.name] : undefined;
  return why === undefined
    ? []
    : [refuse(call.node, l10n.t('line {0}: {1}', call.node.startPosition.row + 1, why()))];
}

function timm(script: Script): Proposal[] {
  return callsWhere(
    script,
    ({ name }) => name === 'LabelSmoothingCrossEntropy' && !/fastai/.test(script.text.source),
  ).map(({ node }) =>
    refuse(
      node,
      l10n.t('labels are smoothed already: {0} in line {1}', node.text, node.startPosition.row + 1),
    ),
  );
}
