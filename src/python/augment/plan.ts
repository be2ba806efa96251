import * as l10n from '@vscode/l10n';
import { addArgument } from '../edit/arguments';
import { insertionRefusal } from '../edit/refusals';
import { elsewhereAdvice } from '../elsewhere';
import { trainingArguments } from '../huggingFace';
import { argument } from '../model/call';
import { importsModule } from '../model/framework';
import type { Script } from '../model/script';
import { isReinforcement } from '../model/subject';
import { refuse, type Planner, type Proposal } from '../proposal';
import { augmentKeras } from './keras';
import { augmentTorchvision } from './torchvision';

/** Strength of NEFTune. Source: its paper, and the documentation of TRL. */
const NEFTUNE = '5';

/** Changed copies of each example, in training only. */
export const augmentation: Planner = {
  propose: (script) => [...augmentTorchvision(script), ...augmentKeras(script), ...augmentText(script)],
  nothing(script) {
    if (
      importsModule(script, 'fastai') &&
      /aug_transforms|RandomResizedCrop|FlipItem|RandomErasing/.test(script.text.source)
    )
      return l10n.t('images are changed at random already, by the transforms of the data loaders');
    if (importsModule(script, 'albumentations'))
      return l10n.t('albumentations changes the images here: add to the Compose for the training images');
    const advice = elsewhereAdvice(script, 'data-augmentation');
    if (advice) return advice;
    if (isReinforcement(script)) return l10n.t('reinforcement learning: its data is what the agent meets');
    if (importsModule(script, 'torchaudio', 'librosa'))
      return l10n.t(
        'audio: mask bands of the spectrogram in training (torchaudio.transforms.FrequencyMasking and TimeMasking), after it is computed',
      );
    if (isText(script))
      return l10n.t(
        'text: back-translation or word dropout must be made in the data set; it is mostly replaced by more diverse data',
      );
    if (importsModule(script, 'pandas', 'sklearn') && !otherData.test(script.text.source))
      return l10n.t('tabular data: noise, Mixup or SMOTE are made with the data itself, before the training');
    return l10n.t('no image transform (torchvision Compose) and no Keras network on images stands here');
  },
};

/** Words of networks on images, texts and sequences, beside which sklearn only splits or measures. */
const otherData = /Embedding|LSTM|GRU\b|Conv[123]?[dD]|Transformer|[Tt]okeniz/;

/** Hugging Face's own `datasets`, and not a folder of that name, which detection scripts like to have. */
function isText(script: Script): boolean {
  if (importsModule(script, 'transformers', 'trl')) return true;
  return importsModule(script, 'datasets') && script.calls.some(({ name }) => name === 'load_dataset');
}

/** Noise on the embeddings of an instruction tuning, by an argument. */
function augmentText(script: Script): Proposal[] {
  return trainingArguments(script)
    .filter(({ name }) => name === 'SFTConfig')
    .map((call) => {
      const given = argument(call, 'neftune_noise_alpha');
      if (given)
        return refuse(
          call.node,
          l10n.t(
            'embeddings are noised already, or not on purpose: {0} in line {1}',
            given.node.text,
            given.node.startPosition.row + 1,
          ),
        );
      const elsewhere = insertionRefusal(call, 'neftune_noise_alpha');
      if (elsewhere) return refuse(call.node, elsewhere);
      return {
        anchor: call.node,
        outcome: {
          edits: addArgument(call, `neftune_noise_alpha=${NEFTUNE}`, script.text),
          value: NEFTUNE,
          title: l10n.t(
            'Noise the embeddings in training (NEFTune): `neftune_noise_alpha={0}` in `{1}`',
            NEFTUNE,
            call.name,
          ),
        },
      };
    });
}
