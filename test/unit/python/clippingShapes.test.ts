import { describe, expect, it } from 'vitest';
import { fixed, refusal } from './plans';

const clip = (source: string): Promise<string> => fixed(source, 'gradient-clipping');
const left = (source: string): Promise<string> => refusal(source, 'gradient-clipping');

/** A model that keeps its two losses in methods. */
const methods = (last: string): string =>
  `import torch\nclass Pair:\n    def __init__(self):\n        self.opt_a = torch.optim.Adam(chain(self.a.parameters(), self.b.parameters()))\n    def backward_a(self):\n        self.loss_a = self.judge(self.made)\n        ${last}\n    def update(self):\n        self.opt_a.zero_grad()\n        self.backward_a()\n        self.opt_a.step()\n`;

describe('a backward in a function of the file', () => {
  it('is what the step of its caller waits for', async () => {
    expect(await clip(methods('self.loss_a.backward()'))).toContain(
      'self.backward_a()\n        torch.nn.utils.clip_grad_norm_([p for g in self.opt_a.param_groups for p in g["params"]], max_norm=1.0)\n        self.opt_a.step()',
    );
  });

  it('may stand two functions deep, and be scaled there', async () => {
    const text = await clip(
      'import torch\nfrom torch import nn\ndef back(loss, scaler):\n    scaler.scale(loss).backward()\ndef half(loss, scaler):\n    back(loss, scaler)\ndef train(model, opt, scaler):\n    half(model(x).sum(), scaler)\n    scaler.step(opt)\n',
    );
    expect(text).toContain(
      '    scaler.unscale_(opt)\n    nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)\n    scaler.step(opt)',
    );
  });

  it('may clip right there', async () => {
    const source = methods(
      'self.loss_a.backward()\n        torch.nn.utils.clip_grad_norm_(self.a.parameters(), 2)',
    );
    expect(await left(source)).toMatch(/clipped already in what line 11 calls/);
  });

  it('is spent where the function takes a step of its own', async () => {
    const text = await clip(methods('self.loss_a.backward()\n        self.opt_b.step()'));
    expect(text).toContain('self.backward_a()\n        self.opt_a.step()');
  });

  it('is left alone where it belongs to an accelerator that is not in sight', async () => {
    const source =
      'from accelerate import Accelerator\ndef back(accelerator, loss):\n    accelerator.backward(loss)\ndef train(acc, loss, opt):\n    back(acc, loss)\n    opt.step()\n';
    expect(await left(source)).toMatch(/no backward\(\) before the step/);
  });
});

describe('what takes the step only under a flag', () => {
  const apex = (imported: string): string =>
    `import torch\n${imported}\nopt = torch.optim.Adam(net.parameters())\nfor x in data:\n    if half:\n        with amp.scale_loss(loss, opt) as scaled:\n            scaled.backward()\n    else:\n        loss.backward()\n    opt.step()\n`;

  it('names the groups of the optimizer where apex may not be imported', async () => {
    for (const imported of [
      'if half:\n    from apex import amp',
      'try:\n    from apex import amp\nexcept ImportError:\n    amp = None',
    ])
      expect(await clip(apex(imported))).toContain(
        'clip_grad_norm_([p for g in opt.param_groups for p in g["params"]]',
      );
    expect(await clip(apex('from apex import amp'))).toContain('clip_grad_norm_(amp.master_params(opt)');
  });

  it('calls apex by the name that the file has for it', async () => {
    const text = await clip(apex('import apex').replace('amp.scale', 'apex.amp.scale'));
    expect(text).toContain('clip_grad_norm_(apex.amp.master_params(opt)');
  });

  const horovod = (step: string): string =>
    `import torch\ntry:\n    import horovod.torch as hvd\nexcept ImportError:\n    hvd = None\ndef train(model, opt, flags):\n    model(x).backward()\n${step}`;

  it('does not synchronise what Horovod may not have wrapped', async () => {
    expect(await left(horovod('    opt.step()\n'))).toMatch(/whether Horovod takes the step in line 8/);
  });

  it('tells the branch of Horovod from the other', async () => {
    const text = await clip(
      horovod('    if flags.horovod:\n        opt.step()\n    else:\n        opt.step()\n'),
    );
    expect(text).toContain(
      'if flags.horovod:\n        opt.synchronize()\n        torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)\n        with opt.skip_synchronize():\n            opt.step()\n    else:\n        torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)\n        opt.step()',
    );
  });
});

describe('parameters', () => {
  it('in a list are those of the model', async () => {
    const text = await clip(
      'import torch\nopt = torch.optim.SGD(list(net.parameters()), lr=0.1)\nfor x in data:\n    net(x).backward()\n    opt.step()\n',
    );
    expect(text).toContain('torch.nn.utils.clip_grad_norm_(net.parameters(), max_norm=1.0)');
  });

  it('are those of the model that goes over between its modes', async () => {
    const text = await clip(
      'import torch\nnet = make()\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor x in data:\n    net = net.train()\n    net(x).backward()\n    opt.step()\n    net = net.eval()\n',
    );
    expect(text).toContain('clip_grad_norm_(net.parameters(), max_norm=1.0)');
  });

  it('are those of the one network that a loop of Fabric calls', async () => {
    const text = await clip(
      'import lightning as L\ndef fit(fabric, state, data):\n    model = state["model"]\n    optimizer = state["optimizer"]\n    for x in data:\n        fabric.backward(model(x).sum())\n        optimizer.step()\n',
    );
    expect(text).toContain('fabric.clip_gradients(model, optimizer, max_norm=1.0)\n        optimizer.step()');
  });

  it('are clipped after their gradients were averaged over tasks by hand', async () => {
    const text = await clip(
      'import torch\nopt = torch.optim.Adam(net.parameters())\nfor tasks in data:\n    for task in tasks:\n        loss_of(net, task).backward()\n    for p in net.parameters():\n        p.grad.data.mul_(1.0 / batch_size)\n    opt.step()\n',
    );
    expect(text).toContain('clip_grad_norm_(net.parameters(), max_norm=1.0)\n    opt.step()');
  });
});

describe('a step in a function of its own', () => {
  const split = (before: string): string =>
    `import torch\nclass T:\n    def run(self, x):\n        self.net(x).sum().backward()\n${before}        self.advance()\n    def advance(self):\n        self.opt.step()\n`;

  it('gets its clip where it stands, if all that call it go backward before', async () => {
    expect(await clip(split(''))).toContain(
      'def advance(self):\n        torch.nn.utils.clip_grad_norm_([p for g in self.opt.param_groups for p in g["params"]], max_norm=1.0)\n        self.opt.step()',
    );
  });

  it.each([
    ['clips', 'torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1)'],
    ['unscales', 'self.scaler.unscale_(self.opt)'],
  ])('is left alone where its caller %s', async (_name, line) => {
    expect(await left(split(`        ${line}\n`))).toMatch(/clips or unscales before it, in line 5/);
  });

  it('is left alone where a caller does not go backward', async () => {
    expect(await left(`${split('')}    def other(self):\n        self.advance()\n`)).toMatch(/no backward/);
  });
});

it('clips before the step of a schedule of ones own', async () => {
  const text = await clip(
    'import torch\nfrom .schedule import Ramp\nclass T:\n    def __init__(self, net):\n        self.net = net\n        self.adam = torch.optim.Adam(self.net.parameters())\n        self.schedule = Ramp(self.adam, 400)\n    def run(self, x):\n        self.net(x).sum().backward()\n        self.schedule.step_and_update_lr()\n',
  );
  expect(text).toContain(
    'torch.nn.utils.clip_grad_norm_(self.net.parameters(), max_norm=1.0)\n        self.schedule.step_and_update_lr()',
  );
});

it('clips by the model beside options that are called opt', async () => {
  const text = await clip(
    'import torch\ndef train(model, data, optimizer, opt):\n    for x in data:\n        model(x, opt.mask).sum().backward()\n        optimizer.step()\n',
  );
  expect(text).toContain('clip_grad_norm_(model.parameters(), max_norm=1.0)');
});
