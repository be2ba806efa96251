import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import { someCall } from '../model/alike';
import {
  isAdversarial,
  isContrastive,
  isLanguageModel,
  isReinforcement,
  trainsOwnLanguageModel,
} from '../model/subject';
import { importsModule } from '../model/framework';

/** Source: the seed document: 0.1 in transformers, 0.5 in fully connected layers; LoRA recipes use 0.05. */
export const TRANSFORMER = '0.1';
export const FULLY_CONNECTED = '0.5';
export const RECURRENT = '0.2';
const MAPS = '0.2';
const ADAPTER = '0.05';

/** What happens if the switch to evaluation is forgotten. */
export const DROPPING = ', or validation runs with dropout on';

/** From here on more is dropped than learned. Source: rule FC303. */
export const TOO_MUCH = 0.8;

/** The probability that fits a layer or a setting of a name. */
export function usualDropout(name: string, script: Script): string {
  if (/lora/i.test(name)) return ADAPTER;
  if (/[23]d$/i.test(name)) return MAPS;
  if (/^(LSTM|GRU|RNN)$/.test(name)) return RECURRENT;
  if (/Transformer|hidden_dropout|attention|pdrop/i.test(name) || isTransformer(script)) return TRANSFORMER;
  if (importsModule(script, 'transformers')) return TRANSFORMER;
  return onlyConvolves(script) ? MAPS : FULLY_CONNECTED;
}

/** Feature maps all the way, as in a U-Net: half of them is too many to do without. */
const onlyConvolves = oncePer(
  (script: Script): boolean =>
    someCall(
      script,
      ({ path, name }) => /^(torch\.nn|keras\.layers)\.Conv[123]?[dD]$/.test(path) || /unet/i.test(name),
    ) && !someCall(script, ({ path }) => /^(torch\.nn\.(Lazy)?Linear|keras\.layers\.Dense)$/.test(path)),
);

export const isTransformer = oncePer(
  ({ modules, calls }: Script) =>
    modules.some(({ name }) => /Transformer|Attention|ViT|BERT/i.test(name)) ||
    calls.some(
      ({ path, name }) =>
        /(^|\.)nn\.(Transformer|MultiheadAttention)|layers\.MultiHeadAttention/.test(path) ||
        /^\w*(GPT|Llama|BERT|Bert|ViT)\w*Config$/.test(name),
    ),
);

/** A language model that is a transformer and starts from nothing: recurrent ones, and fine-tuning, do use dropout. */
function pretrains(script: Script): boolean {
  if (script.modules.some(({ name }) => /GPT|Llama|Mamba|CausalLM|LanguageModel/i.test(name))) return true;
  if (trainsOwnLanguageModel(script)) return true;
  const tuned = someCall(
    script,
    ({ path }) => /\.from_pretrained$/.test(path) && !/Tokenizer|Config/.test(path),
  );
  return isTransformer(script) && isLanguageModel(script) && !tuned;
}

/** Why a script should have no more dropout, or null where it may. */
export function noDropout(script: Script): string | null {
  if (pretrains(script))
    return 'a language model: in single-pass pretraining dropout is left at 0, since nothing is seen twice';
  if (isReinforcement(script))
    return 'reinforcement learning: dropout makes the policy act at random and is not a usual remedy';
  if (isContrastive(script))
    return 'a contrastive model: dropout makes two views of one example there, which is another method (SimCSE), not a remedy';
  return isAdversarial(script) ? 'a GAN: dropout upsets the balance of its two networks' : null;
}
