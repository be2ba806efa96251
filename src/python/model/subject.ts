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
  const names = modules.map(({ name }) => name);
  return names.some((one) => /Discriminator|Critic/.test(one)) && names.some((one) => /Generator/.test(one));
});

/** An agent that learns from what it does: by its environment, its memory, or an actor beside a critic. */
export const isReinforcement = oncePer((script: Script): boolean => {
  if (importsModule(script, ...environments)) return true;
  const words = optimizerWords(script);
  if (words.some((one) => /actor|policy/i.test(one)) && words.some((one) => /critic|value/i.test(one)))
    return true;
  return (
    script.classes.some((one) => memory.test(one.childForFieldName('name')?.text ?? '')) ||
    script.assignments.some(({ target }) => memory.test(target))
  );
});

const environments = [
  ...['gym', 'gymnasium', 'gym3', 'stable_baselines3', 'pettingzoo', 'dm_control', 'dm_env', 'brax'],
  ...['tianshou', 'ray.rllib', 'tf_agents', 'envpool', 'procgen', 'minigrid'],
];

const memory = /(replay|rollout)_?(buffer|memory)/i;

function optimizerWords({ optimizers }: Script): string[] {
  return optimizers.map(({ target, params }) => `${target?.text ?? ''} ${params?.text ?? ''}`);
}
