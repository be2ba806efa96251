import { describe, expect, it } from 'vitest';
import { findings, fixed, severities } from './lint';

/** A loop over batches with a body of its own. */
const loop = (body: string, head = 'optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)'): string =>
  `import torch\nfrom torch import nn\n${head}\nfor i, (x, y) in enumerate(train_loader):\n${body
    .split('\n')
    .map((line) => (line ? `    ${line}` : line))
    .join('\n')}\n`;
const clip = 'torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)';

describe('FC101 no gradient clipping', () => {
  it.each([
    ['a loop', loop('loss.backward()\noptimizer.step()'), ['hint']],
    [
      'a recurrent network',
      loop(
        'loss.backward()\noptimizer.step()',
        'optimizer = torch.optim.Adam(model.parameters())\nmodel = nn.LSTM(3, 4)',
      ),
      ['info'],
    ],
    [
      'SGD with a recurrent network',
      loop(
        'loss.backward()\noptimizer.step()',
        'optimizer = torch.optim.SGD(model.parameters())\nmodel = nn.LSTM(3, 4)',
      ),
      ['hint'],
    ],
    ['a loop that clips', loop(`loss.backward()\n${clip}\noptimizer.step()`), []],
    [
      'the Hugging Face Trainer, which clips',
      'from transformers import TrainingArguments\nargs = TrainingArguments("o", learning_rate=1e-3)\nTrainer(m, args, train_dataset=d)\n',
      [],
    ],
    [
      'the Hugging Face Trainer without',
      'from transformers import TrainingArguments\nargs = TrainingArguments("o", max_grad_norm=0.0)\nTrainer(m, args, train_dataset=d)\n',
      ['info'],
    ],
    [
      'a step without data',
      'import torch\nopt = torch.optim.SGD([x], lr=0.1)\nfor _ in range(9):\n    f(x).backward()\n    opt.step()\n',
      [],
    ],
  ])('%s', async (_name, source, expected) => {
    expect(await severities('FC101', source)).toEqual(expected);
  });
});

describe('FC102 clipping after the step or before backward', () => {
  it.each([
    ['after the step', loop(`loss.backward()\noptimizer.step()\n${clip}`), ['error']],
    ['before the only backward', loop(`${clip}\nloss.backward()\noptimizer.step()`), ['error']],
    [
      'before the backward of the next step',
      loop(`loss_d.backward()\nopt_d.step()\nloss_g.backward()\n${clip}\nopt_g.step()`),
      [],
    ],
    [
      'a loop that is shifted by half',
      loop(`${clip}\noptimizer.step()\noptimizer.zero_grad()\nloss.backward()`),
      [],
    ],
    [
      'the norm is measured',
      loop(
        'loss.backward()\noptimizer.step()\ntorch.nn.utils.clip_grad_norm_(model.parameters(), float("inf"))',
      ),
      [],
    ],
    ['the next optimizer steps after it', loop(`loss.backward()\nopt_a.step()\n${clip}\nopt_b.step()`), []],
    ['clipped at the right place, too', loop(`loss.backward()\n${clip}\noptimizer.step()\n${clip}`), []],
  ])('%s', async (_name, source, expected) => {
    expect(await severities('FC102', source)).toEqual(expected);
  });

  it('moves the line with its comment', async () => {
    const source = loop(`loss.backward()\noptimizer.step()\n${clip}  # bound\nlog(loss)`);
    expect(await fixed('FC102', source)).toBe(
      loop(`loss.backward()\n${clip}  # bound\noptimizer.step()\nlog(loss)`),
    );
  });
});

describe('FC103 clipping scaled gradients', () => {
  const scaled = (body: string, scaler = 'torch.amp.GradScaler()'): string =>
    loop(
      `scaler.scale(loss).backward()\n${body}\nscaler.step(optimizer)\nscaler.update()`,
      `scaler = ${scaler}`,
    );
  it.each([
    ['no unscale_', scaled(clip), ['error']],
    ['unscale_ before', scaled(`scaler.unscale_(optimizer)\n${clip}`), []],
    ['unscale_ after', scaled(`${clip}\nscaler.unscale_(optimizer)`), []],
    [
      'unscale_ and clip under one condition',
      scaled(`if clip:\n    scaler.unscale_(optimizer)\n    ${clip}`),
      [],
    ],
    ['no unscale_ under a condition', scaled(`if clip:\n    ${clip}`), ['error']],
    ['a scaler that is off', scaled(clip, 'torch.amp.GradScaler(enabled=False)'), []],
    [
      'the scaler in one branch, the clip in the other',
      loop(
        `if amp:\n    scaler.scale(loss).backward()\n    scaler.step(optimizer)\nelse:\n    loss.backward()\n    ${clip}\n    optimizer.step()`,
      ),
      [],
    ],
    ['a helper that unscales', scaled(`unscale_gradients(optimizer)\n${clip}`), []],
    [
      'accelerate',
      loop(
        `accelerator.backward(loss)\n${clip}\nscaler.step(optimizer)`,
        'from accelerate import Accelerator\naccelerator = Accelerator()',
      ),
      [],
    ],
  ])('%s', async (_name, source, expected) => {
    expect(await severities('FC103', source)).toEqual(expected);
  });

  it('inserts the call before the clip, in its block', async () => {
    expect(await fixed('FC103', scaled(`if clip:\n    ${clip}`))).toBe(
      scaled(`if clip:\n    scaler.unscale_(optimizer)\n    ${clip}`),
    );
  });
});

describe('FC104 clipping on every micro-batch', () => {
  const step = 'if (i + 1) % 4 == 0:\n    optimizer.step()\n    optimizer.zero_grad()';
  it.each([
    ['a clip', loop(`loss.backward()\n${clip}\n${step}`), ['warning']],
    [
      'unscale_ and a clip',
      loop(
        `scaler.scale(loss).backward()\nscaler.unscale_(optimizer)\n${clip}\nif (i + 1) % 4 == 0:\n    scaler.step(optimizer)\n    scaler.update()`,
      ),
      ['error', 'warning'],
    ],
    ['inside', loop(`loss.backward()\nif (i + 1) % 4 == 0:\n    ${clip}\n    optimizer.step()`), []],
    ['under a condition of its own', loop(`loss.backward()\nif (i + 1) % 4 == 0:\n    ${clip}\n${step}`), []],
    [
      'a step in each round',
      loop(`loss.backward()\n${clip}\noptimizer.step()\nif i % 10 == 0:\n    log(loss)`),
      [],
    ],
    ['another optimizer', loop(`loss.backward()\nscaler.unscale_(other)\n${step}`), []],
    [
      'micro-batches in a loop of their own',
      loop(`for m in range(4):\n    loss.backward()\n${clip}\noptimizer.step()`),
      [],
    ],
  ])('%s', async (_name, source, expected) => {
    expect(await severities('FC104', source)).toEqual(expected);
  });

  it('moves both calls to before the step', async () => {
    const source = loop(
      `scaler.scale(loss).backward()\nscaler.unscale_(optimizer)\n${clip}\nif (i + 1) % 4 == 0:\n    scaler.step(optimizer)\n    scaler.update()`,
    );
    expect(await fixed('FC104', source)).toBe(
      loop(
        `scaler.scale(loss).backward()\nif (i + 1) % 4 == 0:\n    scaler.unscale_(optimizer)\n    ${clip}\n    scaler.step(optimizer)\n    scaler.update()`,
      ),
    );
  });
});

describe('FC106 clipping an iterator that is used up', () => {
  const use = (made: string, more = ''): string =>
    `import torch\nfrom itertools import chain\nps = ${made}\n${more}opt = torch.optim.SGD(ps, lr=0.1)\nfor x in loader:\n    f(x).backward()\n    torch.nn.utils.clip_grad_norm_(ps, 1.0)\n    opt.step()\n`;
  it.each([
    [use('model.parameters()'), ['error']],
    [use('chain(a.parameters(), b.parameters())'), ['error']],
    [use('(p for p in model.parameters() if p.requires_grad)'), ['error']],
    [use('list(model.parameters())'), []],
    [use('[p for p in model.parameters()]'), []],
    [use('model.parameters()', 'ps = list(ps)\n'), []],
    [use('model.trainable_parameters()'), []],
    [`${use('model.parameters()')}def parameters(self):\n    return []\n`, []],
  ])('%j', async (source, expected) => {
    expect(await severities('FC106', source)).toEqual(expected);
  });
});

describe('FC107 clipping past the wrapper', () => {
  const accelerated = 'from accelerate import Accelerator\naccelerator = Accelerator()';
  it.each([
    ['accelerate', loop(`accelerator.backward(loss)\n${clip}\noptimizer.step()`, accelerated), 1],
    [
      'accelerate with its own',
      loop(
        'accelerator.backward(loss)\naccelerator.clip_grad_norm_(model.parameters(), 1.0)\noptimizer.step()',
        accelerated,
      ),
      0,
    ],
    [
      'accelerate or not',
      loop(
        `if acc:\n    accelerator.backward(loss)\n    accelerator.clip_grad_norm_(p, 1.0)\nelse:\n    loss.backward()\n    ${clip}\noptimizer.step()`,
        accelerated,
      ),
      0,
    ],
    [
      'FSDP of the first kind',
      loop(
        `loss.backward()\n${clip}\noptimizer.step()`,
        'from torch.distributed.fsdp import FullyShardedDataParallel as FSDP\nmodel = FSDP(model)',
      ),
      1,
    ],
    [
      'FSDP by choice',
      loop(
        `loss.backward()\n${clip}\noptimizer.step()`,
        'from torch.distributed.fsdp import FullyShardedDataParallel as FSDP\nif shard:\n    model = FSDP(model)',
      ),
      0,
    ],
    [
      'FSDP of the second kind',
      loop(
        `loss.backward()\n${clip}\noptimizer.step()`,
        'from torch.distributed.fsdp import fully_shard\nfully_shard(model)',
      ),
      0,
    ],
    [
      'a DeepSpeed engine',
      loop(
        `engine.backward(loss)\n${clip}\nengine.step()`,
        'import deepspeed\nengine, _, _, _ = deepspeed.initialize(model=model)',
      ),
      1,
    ],
    [
      'a DeepSpeed engine, and a clip in the other branch',
      loop(
        `if ds:\n    engine.backward(loss)\n    engine.step()\nelse:\n    loss.backward()\n    ${clip}\n    optimizer.step()`,
        'import deepspeed\nengine, _, _, _ = deepspeed.initialize(model=model)',
      ),
      0,
    ],
    [
      'DDP',
      loop(
        `loss.backward()\n${clip}\noptimizer.step()`,
        'from torch.nn.parallel import DistributedDataParallel as DDP\nmodel = DDP(model)',
      ),
      0,
    ],
  ])('%s', async (_name, source, expected) => {
    expect(await findings('FC107', source)).toHaveLength(expected);
  });

  it('calls what the wrapper has', async () => {
    const source = loop(
      `loss.backward()\n${clip}\noptimizer.step()`,
      'from torch.distributed.fsdp import FullyShardedDataParallel as FSDP\nmodel = FSDP(model)',
    );
    expect(await fixed('FC107', source)).toBe(source.replace(clip, 'model.clip_grad_norm_(1.0)'));
  });
});

describe('FC108 and FC109 accumulation', () => {
  const accumulate = (steps: string, clipLine: string): string =>
    `from accelerate import Accelerator\naccelerator = Accelerator(${steps})\nfor x in loader:\n    with accelerator.accumulate(model):\n        accelerator.backward(f(x))\n        ${clipLine}\n        optimizer.step()\n`;
  const own = 'accelerator.clip_grad_norm_(model.parameters(), 1.0)';
  it.each([
    [accumulate('gradient_accumulation_steps=4', own), ['warning']],
    [accumulate('gradient_accumulation_steps=1', own), []],
    [accumulate('', `if accelerator.sync_gradients: ${own}`), []],
    [accumulate('', `if accelerator.sync_gradients:\n            ${own}`), []],
  ])('FC108 %j', async (source, expected) => {
    expect(await severities('FC108', source)).toEqual(expected);
  });

  const boundary = (condition: string, before = '', head = 'enumerate(train_loader)'): string =>
    loop(`${before}loss.backward()\nif ${condition}:\n    optimizer.step()`).replace(
      'enumerate(train_loader)',
      head,
    );
  it.each([
    [boundary('i % 4 == 0'), ['warning']],
    [boundary('i % args.accumulation == 0'), ['warning']],
    [boundary('i % 4 == 0 or i == len(train_loader) - 1'), ['warning']],
    [boundary('(i + 1) % 4 == 0'), []],
    [boundary('i % 4 == 3'), []],
    [boundary('i % 1 == 0'), []],
    [boundary('i > 0 and i % 4 == 0'), []],
    [boundary('i % 4 == 0', 'i += 1\n'), []],
    [boundary('i % 4 == 0', '', 'enumerate(train_loader, 1)'), []],
    [boundary('i % 4 == 0', '', 'enumerate(train_loader, start=1)'), []],
    [boundary('i % 4 == 0', '', 'numbered(train_loader)'), []],
    [boundary('step % 4 == 0'), []],
    [loop('loss.backward()\noptimizer.step()\nif i % 4 == 0:\n    log(loss)'), []],
    [loop('if i % 4 == 0:\n    optimizer.step()\nloss.backward()'), []],
    [loop('if i % 4 == 0:\n    loss.backward()\n    optimizer.step()'), []],
  ])('FC109 %j', async (source, expected) => {
    expect(await severities('FC109', source)).toEqual(expected);
  });

  it('FC109 writes the end of the loader in only where it has a length', async () => {
    expect(await fixed('FC109', boundary('i % 4 == 0'))).toContain(
      'if (i + 1) % 4 == 0 or i + 1 == len(train_loader):',
    );
    expect(await fixed('FC109', boundary('i % 4 == 0', '', 'enumerate(tqdm(train_loader))'))).toContain(
      'if (i + 1) % 4 == 0:',
    );
  });
});

describe('FC111 clip bound', () => {
  const bound = (value: string): string => `import torch\ntorch.nn.utils.clip_grad_norm_(ps, ${value})\n`;
  it.each([
    [bound('1.0'), []],
    [bound('10'), []],
    [bound('40.0'), ['info']],
    [bound('0.01'), ['info']],
    [bound('0.0'), ['warning']],
    [bound('-1.0'), ['error']],
    [bound('float("inf")'), []],
    [bound('1e9'), []],
    [bound('args.clip'), []],
    ['import torch\ntorch.nn.utils.clip_grad_value_(ps, 100)\n', []],
    ['import torch\ntorch.nn.utils.clip_grad_value_(ps, -1)\n', ['error']],
    ['from transformers import TrainingArguments\nTrainingArguments("o", max_grad_norm=0)\n', []],
    ['from transformers import TrainingArguments\nTrainingArguments("o", max_grad_norm=100)\n', ['info']],
    ['import lightning as L\nL.Trainer(gradient_clip_val=-1)\n', ['error']],
    ['import lightning as L\nL.Trainer(gradient_clip_val=0.01, gradient_clip_algorithm="value")\n', []],
    ['import torch\ntorch.clamp(ratio, 0.0, 2.0)\np.data.clamp_(-0.01, 0.01)\n', []],
  ])('%j', async (source, expected) => {
    expect(await severities('FC111', source)).toEqual(expected);
  });
});

describe('FC105, FC114, FC116, FC117', () => {
  const fused = (more: string): string => `import torch\ndef hook(p):\n    opts[p].step()\n${more}`;
  it('FC105: a script that chooses is left alone', async () => {
    const hooks = 'for p in m.parameters():\n    p.register_post_accumulate_grad_hook(hook)\n';
    expect(await findings('FC105', fused(`${hooks}loss.backward()\n${clip}\n`))).toHaveLength(1);
    expect(
      await findings(
        'FC105',
        fused(
          `if fuse:\n    for p in m.parameters():\n        p.register_post_accumulate_grad_hook(hook)\nloss.backward()\n${clip}\n`,
        ),
      ),
    ).toEqual([]);
    expect(await findings('FC105', fused(`${hooks}loss.backward()\nif not fuse:\n    ${clip}\n`))).toEqual(
      [],
    );
  });

  const trainer = (args: string, body: string): string =>
    `import lightning as L\nclass Net(L.LightningModule):\n    def training_step(self, b, i):\n        ${body}\nL.Trainer(${args})\n`;
  it.each([
    [trainer('gradient_clip_val=1.0', 'self.manual_backward(loss)'), 1],
    [trainer('gradient_clip_val=None', 'self.manual_backward(loss)'), 0],
    [trainer('gradient_clip_val=1.0', 'return loss'), 0],
    [trainer('gradient_clip_val=1.0, strategy="fsdp"', 'return loss'), 1],
    [trainer('gradient_clip_val=1.0, strategy="fsdp", gradient_clip_algorithm="value"', 'return loss'), 0],
    [trainer('gradient_clip_val=1.0, strategy=FSDPStrategy()', 'return loss'), 1],
    [trainer('gradient_clip_val=1.0, strategy="ddp"', 'return loss'), 0],
    [trainer('gradient_clip_val=1.0', 'self.clip_gradients(opt, gradient_clip_val=0.5)'), 1],
    [trainer('gradient_clip_val=0.5', 'self.clip_gradients(opt, gradient_clip_val=0.5)'), 0],
    [
      `${trainer('gradient_clip_val=1.0', 'self.manual_backward(loss)')}class Other(L.LightningModule):\n    pass\n`,
      0,
    ],
  ])('FC114 %j', async (source, expected) => {
    expect(await findings('FC114', source)).toHaveLength(expected);
  });

  it.each([
    ['clipnorm=1.0, clipvalue=0.5', ['error']],
    ['clipnorm=1.0', []],
    ['clipnorm=None, clipvalue=0.5', []],
  ])('FC116 %s', async (args, expected) => {
    expect(await severities('FC116', `import keras\nkeras.optimizers.SGD(${args})\n`)).toEqual(expected);
  });

  const skipping = (branch: string, end = 'scaler.step(optimizer)\nscaler.update()'): string =>
    loop(
      `scaler.scale(loss).backward()\nscaler.unscale_(optimizer)\nnorm = ${clip}\nif not norm.isfinite():\n    ${branch}\n${end}`,
    );
  it.each([
    [skipping('continue'), ['error']],
    [skipping('optimizer.zero_grad()\n    continue'), ['error']],
    [skipping('scaler.update()\n    continue'), []],
    [skipping('skip(scaler)\n    continue'), []],
    [skipping('break'), []],
    [skipping('raise ValueError'), []],
    [skipping('log(norm)'), []],
    [skipping('continue', 'scaler.step(optimizer)'), []],
  ])('FC117 %j', async (source, expected) => {
    expect(await severities('FC117', source)).toEqual(expected);
  });
});
