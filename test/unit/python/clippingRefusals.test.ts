import { describe, expect, it } from 'vitest';
import { planRemedy } from '../../../src/python/plan';
import { fixed, refusal } from './plans';

const clip = (source: string): Promise<string> => fixed(source, 'gradient-clipping');
const left = (source: string): Promise<string> => refusal(source, 'gradient-clipping');

const loop = (body: string, before = 'opt = torch.optim.Adam(net.parameters())'): string =>
  `import torch\n\n${before}\nfor batch in batches:\n${body}`;
const plain = '    loss.backward()\n    opt.step()\n';

describe('a clip that is there by other means', () => {
  it.each([
    [
      'in a function of the file',
      `import torch\ndef tame(weights):\n    torch.nn.utils.clip_grad_norm_(weights, 2.0)\ndef run(opt, net):\n    loss.backward()\n    tame(net.parameters())\n    opt.step()\n`,
      /clipped already in what line 6 calls/,
    ],
    [
      'two functions deep',
      `import torch\ndef inner(ws):\n    for w in ws:\n        w.grad *= 0.5\ndef outer(ws):\n    inner(ws)\ndef run(opt, net):\n    loss.backward()\n    outer(net.parameters())\n    opt.step()\n`,
      /in what line 9 calls/,
    ],
    [
      'in a hook that is a lambda',
      loop(
        plain,
        'for w in net.parameters():\n    w.register_hook(lambda g: g.clamp(-2, 2))\nopt = make(net)',
      ),
      /hook in line 4/,
    ],
    [
      'in a hook that is a function',
      loop(
        plain,
        'def bound(g):\n    return torch.clip(g, -2, 2)\nweight.register_hook(bound)\nopt = make(net)',
      ),
      /hook in line 5/,
    ],
    [
      'by scaling in place',
      loop('    loss.backward()\n    for w in net.parameters():\n        w.grad *= factor\n    opt.step()\n'),
      /changed by hand in line 7/,
    ],
    [
      'by a new gradient',
      loop(
        '    loss.backward()\n    for w in ws:\n        w.grad = torch.clamp(w.grad, -1, 1)\n    opt.step()\n',
      ),
      /changed by hand in line 7/,
    ],
    [
      'after the step of a branch, in the same loop',
      loop(
        '    if half:\n        scaler.scale(loss).backward()\n        scaler.step(opt)\n    else:\n        loss.backward()\n    torch.nn.utils.clip_grad_norm_(net.parameters(), 5)\n    opt.step()\n',
      ),
      /line 10 of the same loop/,
    ],
  ])('%s', async (_name, source, reason) => {
    expect(await left(source)).toMatch(reason);
  });

  it('is no average over processes, and no clip in the other branch', async () => {
    await clip(loop('    loss.backward()\n    for w in ws:\n        w.grad /= world_size\n    opt.step()\n'));
    await clip(
      loop(
        '    if half:\n        loss.backward()\n        opt.step()\n    else:\n        loss.backward()\n        torch.nn.utils.clip_grad_norm_(net.parameters(), 5)\n        opt.step()\n',
      ),
    );
  });
});

describe('an optimizer that is none', () => {
  const wrapper = `class Warmup:
    def __init__(self, optimizer, steps):
        self.optimizer = optimizer
    def step(self):
        self.optimizer.step()
`;
  it('is a wrapper of the file, or a call around an optimizer', async () => {
    const given = `import torch\n${wrapper}def run(loss, opt):\n    loss.backward()\n    opt.step()\n`;
    const bare = `import torch\n${wrapper}class Loss:\n    def __init__(self, opt):\n        self.opt = opt\n    def run(self, loss):\n        loss.backward()\n        self.opt.step()\n`;
    expect(await left(bare)).toMatch(/no backward|wrapped by Warmup/);
    expect(await left(given)).toMatch(/no backward|wrapped by Warmup/);
    const around = 'opt = Ramp(torch.optim.Adam(chosen), 400)';
    expect(await left(loop(plain, around))).toMatch(/wrapped by Ramp/);
    expect(await left(loop(plain, `base = torch.optim.SGD(a + b)\nopt = Ramp(base)`))).toMatch(
      /wrapped by Ramp/,
    );
  });

  it('is called by the parameters of the model that the optimizer within it was built from', async () => {
    for (const around of [
      'opt = Ramp(torch.optim.Adam(net.parameters()), 400)',
      'base = torch.optim.SGD(net.parameters())\nopt = Ramp(base)',
    ])
      expect(await clip(loop(plain, around))).toContain('clip_grad_norm_(net.parameters(), max_norm=1.0)');
    const elsewhere = `def make(net):\n    return Ramp(torch.optim.Adam(net.parameters()))\ndef also(net):\n    opt = Ramp(torch.optim.Adam(net.parameters()))\n`;
    expect(
      await left(`import torch\n${elsewhere}def run(loss, opt):\n    loss.backward()\n    opt.step()\n`),
    ).toMatch(/wrapped by Ramp/);
  });

  it('is one where the file asks it for groups, or where it is built beside such a class', async () => {
    const asks = 'opt = Ramp(torch.optim.Adam(net.parameters()))\nprint(opt.param_groups)';
    expect(await clip(loop(plain, asks))).toContain('for g in opt.param_groups');
    const built = `${wrapper}opt = torch.optim.Adam(list(a.parameters()) + list(b.parameters()))`;
    expect(await clip(loop(plain, built))).toContain('for g in opt.param_groups');
  });

  it('gets all parameters of one that is given more', async () => {
    const added = 'opt = torch.optim.SGD(net.parameters())\nopt.add_param_group({"params": [scale]})';
    expect(await clip(loop(plain, added))).toContain('for g in opt.param_groups');
  });
});

describe('a loop that something else rules', () => {
  it.each(['detectron2.solver', 'mmengine.runner', 'fairseq.trainer', 'onmt.utils'])('%s', async (module) => {
    expect(await left(`from ${module} import thing\n${loop(plain)}`)).toMatch(/this script trains with/);
  });

  it('an engine that takes the optimizer along', async () => {
    expect(await left(loop('    engine.backward(loss, opt)\n    opt.step()\n'))).toMatch(/engine/);
  });

  it('distributed autograd under its whole name', async () => {
    const body = '    remote.backward(ctx, [loss])\n    opt.step(ctx)\n';
    const source = `import torch.distributed.autograd as remote\n${loop(body)}`;
    expect(await left(source)).toMatch(/PyTorch RPC/);
  });

  it('Keras before 2.11', async () => {
    const source = 'from keras.optimizers import SGD\nnet.compile(optimizer=SGD(lr=0.1, decay=1e-5))\n';
    expect(await left(source)).toMatch(/before Keras 2\.11/);
  });
});

describe('unscaling', () => {
  const scaled = (middle: string): string =>
    loop(`    scaler.scale(loss).backward()\n${middle}    scaler.step(opt)\n    scaler.update()\n`);

  it('under a condition that leads on to the step is nothing to build on', async () => {
    expect(await left(scaled('    if log:\n        scaler.unscale_(opt)\n'))).toMatch(
      /only under a condition/,
    );
  });

  it('in a branch that leaves, or in a with, is clear', async () => {
    const leaves = await clip(scaled('    if bad:\n        scaler.unscale_(opt)\n        continue\n'));
    expect(leaves.match(/unscale_/g)).toHaveLength(2);
    const always = await clip(scaled('    with timer:\n        scaler.unscale_(opt)\n'));
    expect(always.match(/unscale_/g)).toHaveLength(1);
  });
});

describe('what is left beside an edit', () => {
  it('is told in the notes', async () => {
    const source = loop(`${plain}    other_opt.step(closure)\n`);
    const plan = await planRemedy(source, 'gradient-clipping');
    expect(plan).toMatchObject({ applicable: true });
    expect('notes' in plan && plan.notes.join()).toMatch(/Left as it is: the step in line 7 takes a closure/);
  });
});
