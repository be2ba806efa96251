import { describe, expect, it } from 'vitest';
import { fixed, refusal } from './plans';

const decay = (source: string): Promise<string> => fixed(source, 'weight-decay');
const left = (source: string): Promise<string> => refusal(source, 'weight-decay');
const adam = 'import torch\nopt = torch.optim.Adam(net.parameters())\n';

describe('the split into groups', () => {
  it('leaves out what is frozen only where the script does', async () => {
    expect(await decay(adam)).toContain('[p for p in net.parameters() if p.ndim >= 2]');
    const trained = adam.replace('net.parameters()', '[w for w in net.parameters() if w.requires_grad]');
    expect(await decay(trained)).toContain('if p.requires_grad and p.ndim >= 2]');
  });

  it.each([
    'torch.optim.lr_scheduler.LambdaLR(opt, lr_lambda=[rate])',
    'torch.optim.lr_scheduler.CyclicLR(opt, [1e-4], [1e-2])',
    'rates = [warm]\ntorch.optim.lr_scheduler.LambdaLR(opt, rates)',
    'opt.param_groups[0]["lr"] = rate',
    "opt.param_groups[0]['lr'] *= 0.5",
    'first = opt.param_groups[0]',
  ])('does not happen where the number of groups counts: %s', async (line) => {
    const script = await decay(`${adam}${line}\n`);
    expect(script).toContain('torch.optim.AdamW(net.parameters(), weight_decay=0.01)');
  });

  it('happens where the rate of the first group is only read', async () => {
    expect(await decay(`${adam}print(opt.param_groups[0]["lr"])\n`)).toContain('no_decay');
  });

  it('takes names that the script says nowhere', async () => {
    const script = await decay(`from settings import *\n${adam}average = Ema(net, decay)\n`);
    expect(script).toContain('decay_params = [p');
    expect(script).not.toMatch(/^decay = /m);
  });
});

describe('groups of the script', () => {
  it.each([
    [
      'added later, with their decay',
      `${adam}opt.add_param_group({"params": rest, "weight_decay": 1e-3})\n`,
      /set weight decay already/,
    ],
    ['added later, without', `${adam}opt.add_param_group({"params": rest})\n`, /groups of its own/],
    [
      'added under another name',
      `${adam}def more(o):\n    o.add_param_group({"params": rest})\n`,
      /groups of its own/,
    ],
    [
      'listed by a name',
      'import torch\nitems = [{"params": [a], "lr": 1}, {"params": [b]}]\nopt = torch.optim.Adam(items)\n',
      /groups of its own/,
    ],
    [
      'in a list that is filled',
      'import torch\nchosen = []\nfill(chosen)\nopt = torch.optim.Adam(chosen)\n',
      /groups of its own/,
    ],
    [
      'single tensors by a name',
      'import torch\nitems = [points, colours]\nopt = torch.optim.Adam(items)\n',
      /single tensors/,
    ],
    [
      'decay on a schedule',
      `${adam}for group in opt.param_groups:\n    group["weight_decay"] = plan[i]\n`,
      /sets the weight decay of its groups itself in line 4/,
    ],
  ])('%s', async (_name, source, reason) => {
    expect(await left(source)).toMatch(reason);
  });
});

describe('weights that shrink already', () => {
  it.each([
    ['a sum of squares', `${adam}l2 = sum((w ** 2).sum() for w in net.parameters())\n`],
    ['summed up bit by bit', `${adam}for w in net.parameters():\n    l2_term += param.pow(2).sum()\n`],
    ['in the loss itself', `${adam}loss = loss + 1e-4 * sum(w.norm() for w in net.parameters())\n`],
    [
      'in JAX',
      'import optax\nweight_l2 = sum(jnp.sum(x ** 2) for x in leaves(params))\ntx = optax.adam(1e-3)\n',
    ],
    [
      'a regularizer of Keras',
      'import keras\nfrom keras import layers, regularizers\nlayers.Dense(2, kernel_regularizer=regularizers.l2(0.1))\nnet.compile(optimizer="adam")\n',
    ],
    [
      'a regularizer by its name',
      'import keras\nkeras.layers.Dense(2, kernel_regularizer="l2")\nnet.compile(optimizer="adam")\n',
    ],
  ])('%s', async (_name, source) => {
    expect(await left(source)).toMatch(/penalty on the weights/);
  });

  it('not by a norm of the gradients, a layer called l2, or a gradient penalty', async () => {
    await decay(`${adam}l2_norm = sum(w.grad.norm() ** 2 for w in net.parameters())\n`);
    await decay(`${adam}out = self.l2(x)\n`);
    await decay(`${adam}penalty = ((slope.norm(2, dim=1) - 1) ** 2).mean()\n`);
  });
});

describe('what is trained', () => {
  it.each([
    [
      'a GAN in Keras',
      'import keras\ngenerator_optimizer = keras.optimizers.Adam()\ndiscriminator_optimizer = keras.optimizers.Adam()\n',
      /GAN/,
    ],
    ['a policy in Keras', 'import gymnasium\nimport keras\nopt = keras.optimizers.Adam()\n', /reinforcement/],
    ['a policy in JAX', 'import gymnasium\nimport optax\ntx = optax.adam(1e-3)\n', /reinforcement/],
    [
      'an actor and a critic',
      'import torch\nactor_opt = torch.optim.Adam(actor.parameters())\ncritic_opt = torch.optim.Adam(critic.parameters())\n',
      /reinforcement/,
    ],
    ['what a memory replays', `${adam}memory = 1\nself.replay_buffer = Ring()\n`, /reinforcement/],
    [
      'Keras before 2.11',
      'from keras.optimizers import Adam\nnet.compile(optimizer=Adam(lr=0.1))\n',
      /before Keras 2\.11/,
    ],
    [
      'TensorFlow 1',
      'import tensorflow as tf\nnet.compile(optimizer=tf.train.AdamOptimizer())\n',
      /does not know/,
    ],
  ])('%s', async (_name, source, reason) => {
    expect(await left(source)).toMatch(reason);
  });
});
