import type { TrainingKind } from '../remedies/remedy';
import { isTransformer } from './dropout/values';
import { argument, type Call } from './model/call';
import { importsModule } from './model/framework';
import { oncePer } from './model/once';
import type { Script } from './model/script';
import { isAdversarial, isReinforcement, trainsOwnLanguageModel } from './model/subject';
import { withScript } from './open';
import { unreadable, withoutBom } from './source';

/**
 * The kind of training that a script is, by its imports and what it builds; null where it does not say. What decides
 * the recipe comes first: a diffusion model is one whatever its layers, and given weights are tuned whatever they are of.
 */
export function kindOfScript(script: Script): TrainingKind | null {
  return kinds.find(([, is]) => is(script))?.[0] ?? null;
}

/** The same for a text. Null, too, for one that can't be read, and for one that trains nothing. */
export async function kindOfSource(source: string): Promise<TrainingKind | null> {
  if (unreadable(source) !== null) return null;
  return withScript(withoutBom(source), (script) => (trains(script) ? kindOfScript(script) : null));
}

function trains({ optimizers, updatePoints, calls }: Script): boolean {
  if (optimizers.length > 0 || updatePoints.length > 0) return true;
  return calls.some(({ name, path }) => name === 'fit' || /(^|\.)\w*Trainer$/.test(path));
}

const isDiffusion = (script: Script): boolean => {
  if (importsModule(script, 'diffusers', 'k_diffusion', 'denoising_diffusion_pytorch')) return true;
  const { modules, text } = script;
  if (modules.some(({ name }) => /Diffusion|DDPM|DDIM/.test(name))) return true;
  // The schedule of the noise: a word alone ("add_noise") may be an augmentation.
  return /\balphas?_(cumprod|bar|hat)\b/.test(text.source) && /\bbetas?\b/.test(text.source);
};

/** A script that can do both (`--init_from`) says neither: its config does. */
const pretrainsLanguage = (script: Script): boolean => makesLanguageModel(script) && !isTuned(script);
const isOnlyTuned = (script: Script): boolean =>
  isTuned(script) && (!makesLanguageModel(script) || importsModule(script, 'peft'));

const makesLanguageModel = (script: Script): boolean =>
  trainsOwnLanguageModel(script) || script.modules.some(({ name }) => decoder.test(name));

/** By name alone: a translation model has logits of the same shape, and profits from dropout and smoothing. */
const decoder = /GPT|Llama|Mamba|CausalLM/;

/** Weights that were trained before are loaded into the network, not only into a tokenizer or a teacher. */
const isTuned = oncePer((script: Script): boolean => {
  if (importsModule(script, 'peft')) return true;
  return script.calls.some((call) => (loadsModel(call) || asksForWeights(call)) && !isBeside(call, script));
});

/** What a network learns from, or is judged by, is not tuned itself. */
const isBeside = ({ node }: Call, { assignments }: Script): boolean =>
  assignments.some(
    ({ target, value }) =>
      value.id === node.id && /teacher|vgg|percept|lpips|reference|frozen|reward/i.test(target),
  );

const loadsModel = ({ path }: Call): boolean =>
  /\.from_pretrained$/.test(path) && !/Tokenizer|Config|Processor|FeatureExtractor/.test(path);

function asksForWeights(call: Call): boolean {
  if (!/^(timm\.create_model|(timm|torchvision)\.models\.\w+(\.\w+)*)$/.test(call.path)) return false;
  const value = (argument(call, 'pretrained') ?? argument(call, 'weights'))?.value.text;
  return value !== undefined && !/^(False|None)$/.test(value);
}

const isVisionTransformer = (script: Script): boolean => {
  const { modules, calls } = script;
  if (modules.some(({ name }) => /ViT|VisionTransformer|PatchEmbed|Swin|DeiT/.test(name))) return true;
  return calls.some(
    (call) =>
      /(^|\.)(vit|swin|deit)_\w+$/.test(call.path) || /^['"](vit|swin|deit|beit)/.test(modelName(call)),
  );
};

const modelName = (call: Call): string =>
  call.path === 'timm.create_model' ? (argument(call, 'model_name', 0)?.value.text ?? '') : '';

const isRecurrent = (script: Script): boolean =>
  script.calls.some(({ path }) => /^(torch\.nn|keras\.layers)\.(LSTM|GRU|RNN|SimpleRNN)(Cell)?$/.test(path));

const isConvolutional = (script: Script): boolean =>
  script.calls.some(
    (call) =>
      /^(torch\.nn|keras\.layers)\.(Lazy)?Conv2[dD]$/.test(call.path) ||
      /(^|\.)models\.(resnet|vgg|densenet|efficientnet|convnext|mobilenet|regnet)\w*$/.test(call.path) ||
      /^['"](resnet|convnext|efficientnet|regnet)/.test(modelName(call)),
  );

/** A table is read, and nothing looks at images, sequences or text. */
const isTabular = (script: Script): boolean =>
  (importsModule(script, 'pytorch_tabnet', 'pytorch_tabular') || readsTable(script)) &&
  !isTransformer(script) &&
  !importsModule(
    script,
    'torchvision',
    'torchaudio',
    'torchtext',
    'transformers',
    'timm',
    'PIL',
    'cv2',
    'librosa',
  ) &&
  !script.calls.some(({ path }) => /^(torch\.nn|keras\.layers)\.(\w*Conv\d?[dD]|Embedding)$/.test(path));

const readsTable = ({ calls }: Script): boolean =>
  calls.some(({ path }) => /^pandas\.read_(csv|parquet|excel)$/.test(path)) &&
  calls.some(({ path }) => /^(torch\.nn\.(Lazy)?Linear|keras\.layers\.Dense)$/.test(path));

const kinds: readonly (readonly [TrainingKind, (script: Script) => boolean])[] = [
  ['reinforcement', isReinforcement],
  ['diffusion', isDiffusion],
  ['gan', isAdversarial],
  ['llm-pretraining', pretrainsLanguage],
  ['fine-tuning', isOnlyTuned],
  ['vision-transformer', isVisionTransformer],
  ['recurrent', isRecurrent],
  ['vision-cnn', isConvolutional],
  ['tabular', isTabular],
];
