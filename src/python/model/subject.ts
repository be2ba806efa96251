import { importsModule } from './framework';
import { oncePer } from './once';
import type { Script } from './script';

/** A generator and a discriminator, each with an optimizer. */
export const isAdversarial = oncePer((script: Script): boolean => {
  const { modules } = script;
  const words = optimizerWords(script);
  const judge =
    /discriminator|critic|netd\b|(^|[._\s])(d|disc|opt_?d|optimi[sz]er_?d|optim_?d|d_opt|d_optimi[sz]er)(_\w+)?\b/i;
  const maker =
    /generator|netg\b|(^|[._\s])(g|gen|opt_?g|optimi[sz]er_?g|optim_?g|g_opt|g_optimi[sz]er)(_\w+)?\b/i;
  if (words.some((one) => judge.test(one)) && words.some((one) => maker.test(one))) return true;
  // An autoencoder beside what judges it: no generator by its name, but the two play the same game.
  const judges = words.filter((one) => /discriminator|(^|[._])(opt_)?disc(_\w+)?\b/i.test(one));
  if (judges.length > 0 && judges.length < words.length) return true;
  const names = modules.map(({ name }) => name);
  return names.some((one) => /Discriminator|Critic/.test(one)) && names.some((one) => /Generator/.test(one));
});

/** An agent that learns from what it does: by its environment, its memory, or an actor beside a critic. */
export const isReinforcement = oncePer((script: Script): boolean => {
  if (importsModule(script, ...environments)) return true;
  const words = optimizerWords(script);
  if (words.some((one) => acting.test(one)) && words.some((one) => judging.test(one))) return true;
  if (tunesEntropy(script) || actsAlone(script)) return true;
  return (
    script.classes.some((one) => memory.test(one.childForFieldName('name')?.text ?? '')) ||
    script.assignments.some(({ target }) => memory.test(target))
  );
});

const environments = [
  ...['gym', 'gymnasium', 'gym3', 'stable_baselines3', 'pettingzoo', 'dm_control', 'dm_env', 'brax'],
  ...['tianshou', 'ray.rllib', 'tf_agents', 'envpool', 'procgen', 'minigrid'],
];

const acting = /actor|policy/i;
const judging = /critic|value|(^|[^a-z])q(f|_?net\w*|_?func\w*)?\d*(?![a-z])/i;

/** Soft actor-critic: a weight of the entropy is learned, towards a target. A `log_alpha` alone may be a scale. */
function tunesEntropy({ assignments, classes }: Script): boolean {
  const named = (pattern: RegExp): boolean => assignments.some(({ target }) => pattern.test(target));
  if (named(/(^|\.)target_entropy$/)) return true;
  const names = classes.map((one) => one.childForFieldName('name')?.text ?? '');
  return (
    named(/(^|\.)log_(alpha|ent_coef)$/) &&
    (named(/actor|policy|critic/i) || names.some((one) => /Actor|Policy|Critic/.test(one)))
  );
}

/** A policy without a critic: by its class, by steps in an environment, or by log-probabilities that rewards weigh. */
function actsAlone({ modules, calls, text: { source } }: Script): boolean {
  if (modules.some(({ name }) => agent.test(name))) return true;
  if (calls.some(({ name, on }) => name === 'step' && on !== null && environment.test(on))) return true;
  return /\brewards?\b/.test(source) && calls.some(({ name }) => name === 'log_prob');
}

const agent =
  /^\w*(Actor|Policy|ActorCritic|DQN|QNet(work)?|PolicyGradient|Reinforce)(Net(work)?|Model|MLP|CNN|Head)?\d*$/;
const environment = /(^|[._])v?envs?\d*$/;

const memory = /(replay|rollout)_?(buffer|memory)/i;

function optimizerWords({ optimizers }: Script): string[] {
  return optimizers.map(({ target, params }) => `${target?.text ?? ''} ${params?.text ?? ''}`);
}

const lmName = /GPT|Llama|Mamba|CausalLM|LanguageModel|(^|[a-z])LM(Head|Model|$)|Bigram|CharRNN|RNNModel/;

/** A model of the next token, by its names or by the shape of its logits. */
export const isLanguageModel = oncePer((script: Script): boolean => {
  const { modules, text, calls } = script;
  if (modules.some(({ name }) => lmName.test(name)) || trainsOwnLanguageModel(script)) return true;
  if (
    calls.some(({ path }) =>
      /(CausalLM|LMHeadModel|ForMaskedLM)(\.from_pretrained|\.from_config)?$/.test(path),
    )
  )
    return true;
  if (calls.some(({ name }) => /^(Char(RNN|LSTM|GRU|LM)\w*|RNNModel)$/.test(name))) return true;
  return /\.(view|reshape)\(\s*-1\s*,\s*(\w+\.)*(n_?tokens?|vocab\w*|n_?vocab)\b/i.test(text.source);
});

/** `GPT(GPTConfig(…))`, `AutoModelForCausalLM.from_config(…)`: the weights of a language model are made here. */
export const trainsOwnLanguageModel = oncePer(({ calls }: Script): boolean =>
  calls.some(({ name, path }) =>
    /^(\w*(GPT|Llama|Mamba)\w*|\w*CausalLM|\w*LMHeadModel)$/.test(name) && /^[A-Z]/.test(name)
      ? !/Tokenizer|Block|Dataset|GPTQ/.test(name)
      : /CausalLM\.from_config$/.test(path),
  ),
);

/** Two encoders, or two views, whose embeddings are compared: CLIP, SimCLR and their like. */
export const isContrastive = oncePer(({ modules, text: { source } }: Script): boolean => {
  if (
    modules.some(({ name }) => /CLIP(?!p)|SimCLR|SigLIP|MoCo\b|(Dual|Two)(Encoder|Tower)|Siamese/.test(name))
  )
    return true;
  return /info_?nce|nt_?xent|contrastive|logit_scale|logits_per_(image|text)|TripletMarginLoss/i.test(source);
});

/** Where a gradient penalty is taken, as of a WGAN-GP; null where none is in sight. */
export const gradientPenalty = oncePer(({ text: { source } }: Script): number | null => {
  const found = /gradient_?penalty|compute_gp|lambda_?gp|autograd\.grad\(/i.exec(source);
  return found && source.slice(0, found.index).split('\n').length;
});
