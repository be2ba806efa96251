import * as l10n from '@vscode/l10n';
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

/**
 * Why a script should have no more dropout, or null where it may.
 * @param what is dropped, in the user's language: it goes for all that is dropped at random
 */
export function noDropout(script: Script, what = 'dropout'): string | null {
  if (pretrains(script))
    return l10n.t(
      'a language model: in single-pass pretraining {0} is left at 0, since nothing is seen twice',
      what,
    );
  if (isReinforcement(script))
    return l10n.t(
      'reinforcement learning: {0} makes the policy act at random and is not a usual remedy',
      what,
    );
  if (isContrastive(script))
    return l10n.t(
      'a contrastive model: {0} makes two views of one example there, which is another method (SimCSE), not a remedy',
      what,
    );
  return isAdversarial(script) ? l10n.t('a GAN: {0} upsets the balance of its two networks', what) : null;
}
