import { describe, expect, it } from 'vitest';
import { planRemedy, planRemedyAt } from '../../../src/python/plan';
import { applyEdits } from '../../../src/remedies/textEdit';

async function clip(source: string): Promise<string> {
  const plan = await planRemedy(source, 'gradient-clipping');
  if (!plan.applicable) throw new Error(plan.reason);
  const fixed = applyEdits(source, plan.edits);
  // Running it again must offer nothing.
  expect(await planRemedy(fixed, 'gradient-clipping')).toMatchObject({ applicable: false });
  return fixed;
}

async function refusal(source: string): Promise<string> {
  const plan = await planRemedy(source, 'gradient-clipping');
  if (plan.applicable) throw new Error(`planned: ${JSON.stringify(plan.edits)}`);
  return plan.reason;
}

const loop = (body: string, before = 'opt = torch.optim.Adam(model.parameters())'): string =>
  `import torch\n\n${before}\nfor x, y in data:\n${body}`;

describe('where the clip goes', () => {
  it('directly before the step of a plain loop, with the parameters the optimizer was built from', async () => {
    const fixed = await clip(loop('    opt.zero_grad()\n    loss.backward()\n    opt.step()\n'));
    expect(fixed).toContain(
      '    loss.backward()\n    torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)\n    opt.step()\n',
    );
  });

  it('before the step and not after backward when something stands between', async () => {
    const fixed = await clip(
      loop('    loss.backward()\n    total += loss.item()\n    opt.step()  # update\n'),
    );
    expect(fixed).toContain('    total += loss.item()\n    torch.nn.utils.clip');
    expect(fixed).toContain('opt.step()  # update\n');
  });

  it('once when two losses go backward before one step', async () => {
    const fixed = await clip(loop('    real.backward()\n    fake.backward()\n    opt.step()\n'));
    expect(fixed.match(/clip_grad_norm_/g)).toHaveLength(1);
  });

  it('inside the branch that steps after accumulation', async () => {
    const fixed = await clip(loop('    loss.backward()\n    if (i + 1) % 4 == 0:\n        opt.step()\n'));
    expect(fixed).toContain('== 0:\n        torch.nn.utils.clip_grad_norm_(');
  });

  it('after unscaling under a gradient scaler, which is unscaled once', async () => {
    const body = '    scaler.scale(loss).backward()\n    scaler.step(opt)\n    scaler.update()\n';
    const fixed = await clip(loop(body));
    expect(fixed).toContain(
      '    scaler.unscale_(opt)\n    torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)\n    scaler.step(opt)\n',
    );
    const unscaled = await clip(
      loop(body.replace('    scaler.step', '    scaler.unscale_(opt)\n    scaler.step')),
    );
    expect(unscaled.match(/unscale_/g)).toHaveLength(1);
  });

  it('into the same line where two statements share one', async () => {
    const fixed = await clip(loop('    loss.backward(); opt.step()\n'));
    expect(fixed).toContain(
      'loss.backward(); torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0); opt.step()',
    );
    const oneLineIf = await clip(loop('    loss.backward()\n    if ready: opt.step()\n'));
    expect(oneLineIf).toContain(
      'if ready: torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0); opt.step()',
    );
  });

  it('before the `if` whose other branch updates by hand', async () => {
    const body =
      '    loss.backward()\n    if use_opt:\n        opt.step()\n    else:\n        for p in ps:\n            p.data.add_(p.grad)\n';
    expect(await clip(loop(body))).toContain('max_norm=1.0)\n    if use_opt:\n        opt.step()');
  });

  it('at every update point of a file, each with its own parameters', async () => {
    const source = `import torch
d_opt = torch.optim.Adam(d.parameters())
g_opt = torch.optim.Adam(g.parameters())
for x in data:
    d_loss.backward()
    d_opt.step()
    g_loss.backward()
    g_opt.step()
`;
    const fixed = await clip(source);
    expect(fixed).toContain('clip_grad_norm_(d.parameters(), max_norm=1.0)\n    d_opt.step()');
    expect(fixed).toContain('clip_grad_norm_(g.parameters(), max_norm=1.0)\n    g_opt.step()');
  });

  it('only at the update point under the cursor', async () => {
    const source = loop('    loss.backward()\n    opt.step()\n');
    const at = (line: number) => ({ start: { line, character: 0 }, end: { line, character: 0 } });
    expect((await planRemedyAt(source, 'gradient-clipping', at(5))).applicable).toBe(true);
    expect((await planRemedyAt(source, 'gradient-clipping', at(2))).applicable).toBe(false);
  });
});

describe('which parameters', () => {
  const groups = '[p for g in opt.param_groups for p in g["params"]]';
  it.each([
    ['two models', 'opt = torch.optim.Adam(list(a.parameters()) + list(b.parameters()))'],
    ['an iterator that the optimizer has used up', 'ps = m.parameters()\nopt = torch.optim.SGD(ps, lr=0.1)'],
    ['groups', 'opt = torch.optim.AdamW([{"params": m.parameters()}])'],
    ['a factory', 'opt = build_optimizer(model)'],
    ['a filter', 'opt = torch.optim.Adam(filter(lambda p: p.requires_grad, m.parameters()))'],
    ['a model that was replaced since', 'opt = torch.optim.Adam(m.parameters())\nm = wrap(m)'],
    [
      'an optimizer that was built twice',
      'opt = torch.optim.Adam(m.parameters())\nopt = torch.optim.SGD(n.parameters())',
    ],
  ])("the optimizer's own groups for %s", async (_name, before) => {
    expect(await clip(loop('    loss.backward()\n    opt.step()\n', before))).toContain(
      `(${groups}, max_norm=1.0)`,
    );
  });

  it('the model that a training function gets and calls', async () => {
    const source = `import torch
def train(model, loader, optimizer):
    for x, y in loader:
        loss = f(model(x), y)
        loss.backward()
        optimizer.step()
model = Net()
optimizer = torch.optim.Adam(other.parameters())
`;
    expect(await clip(source)).toContain('(model.parameters(), max_norm=1.0)\n        optimizer.step()');
  });

  it('those of self.model in a trainer class, and the groups when the class does not build the optimizer', async () => {
    const source = (init: string): string => `import torch
class Trainer:
    def __init__(self, model, optimizer):
        ${init}
    def fit(self):
        self.loss.backward()
        self.optimizer.step()
`;
    const own = await clip(source('self.optimizer = torch.optim.Adam(self.model.parameters())'));
    expect(own).toContain('(self.model.parameters(), max_norm=1.0)');
    const given = await clip(source('self.optimizer = optimizer'));
    expect(given).toContain('([p for g in self.optimizer.param_groups for p in g["params"]], max_norm=1.0)');
  });

  it.each([
    [
      'a frozen teacher beside the student',
      'student, teacher_model, optimizer',
      'student(x), teacher_model(x)',
    ],
    ['two networks', 'net_a, net_b, optimizer', 'net_a(x) + net_b(x)'],
    ['a critic that only judges', 'agent, vgg_net, optimizer', 'agent(vgg_net(x))'],
  ])('the groups, not a guess, with %s', async (_name, parameters, forward) => {
    const source = `import torch\ndef train(${parameters}):\n    loss = f(${forward})\n    loss.backward()\n    optimizer.step()\n`;
    expect(await clip(source)).toContain(
      '([p for g in optimizer.param_groups for p in g["params"]], max_norm=1.0)',
    );
  });

  it("uses the file's quotes", async () => {
    const source = "import torch\nname = 'a'\nfor x in data:\n    loss.backward()\n    opt.step()\n";
    expect(await clip(source)).toContain("g['params']");
  });
});

describe('how the function is called', () => {
  const body = 'opt = Adam(m.parameters())\nfor x in d:\n    loss.backward()\n    opt.step()\n';
  it.each([
    ['import torch as th\n', 'th.nn.utils.clip_grad_norm_('],
    ['from torch import nn, optim\n', ' nn.utils.clip_grad_norm_('],
    ['import torch.nn as N\n', ' N.utils.clip_grad_norm_('],
    ['from torch.nn.utils import clip_grad_norm_\n', ' clip_grad_norm_('],
    ['from torch.nn.utils import clip_grad_norm_ as cgn\n', ' cgn('],
  ])('after %j as %j, without another import', async (imports, call) => {
    const fixed = await clip(imports + body);
    expect(fixed).toContain(call);
    expect(fixed.match(/^(import|from) /gm)).toHaveLength(1);
  });

  it('adds `import torch` after the imports where only parts of it are imported', async () => {
    const fixed = await clip(
      `"""Doc."""\nfrom __future__ import annotations\nfrom torch.optim import Adam\n\n${body}`,
    );
    expect(fixed).toContain('from torch.optim import Adam\nimport torch\n');
  });
});

describe('imports that do not help', () => {
  const body = 'for x in d:\n    loss.backward()\n    opt.step()\n';
  it('below TYPE_CHECKING, further down than the loop, or of a name that is bound again', async () => {
    const types = await clip(
      `from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import torch\n${body}`,
    );
    expect(types).toContain('from typing import TYPE_CHECKING\nimport torch\nif');
    const late = await clip(`import os\n${body}import matplotlib\n`);
    expect(late).toContain('import os\nimport torch\nfor');
    const shadowed = await clip(
      `import torch\nfrom torch import nn\ndef train(nn, opt):\n    nn.loss().backward()\n    opt.step()\n`,
    );
    expect(shadowed).toContain('torch.nn.utils.clip_grad_norm_');
    const none = await clip(`#!/usr/bin/env python\n# comment\n${body}`);
    expect(none).toMatch(/^#!\/usr\/bin\/env python\n# comment\nimport torch\nfor/);
  });
});

describe('text discipline', () => {
  it('goes into the line after a backslash', async () => {
    const fixed = await clip(loop('    loss.backward(); \\\n        opt.step()\n'));
    expect(fixed).toContain(
      '\\\n        torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0); opt.step()',
    );
  });

  it('goes before a returned step, and before an elif whose else updates by hand', async () => {
    const returned = await clip('import torch\ndef f(opt):\n    loss.backward()\n    return opt.step()\n');
    expect(returned).toContain('max_norm=1.0)\n    return opt.step()');
    const body =
      '    loss.backward()\n    if a:\n        pass\n    elif b:\n        opt.step()\n    else:\n        p.data.add_(p.grad)\n';
    expect(await clip(loop(body))).toContain('max_norm=1.0)\n    if a:');
  });

  it('keeps tabs, CRLF, and columns behind emoji', async () => {
    const tabs = await clip(loop('\tloss.backward()\n\topt.step()\n'));
    expect(tabs).toContain(
      '\ttorch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)\n\topt.step()',
    );
    const crlf = await clip(loop('    loss.backward()\n    opt.step()\n').replaceAll('\n', '\r\n'));
    expect(crlf).toContain('max_norm=1.0)\r\n    opt.step()\r\n');
    expect(crlf.replaceAll('\r\n', '')).not.toContain('\n');
    const emoji = await clip(loop('    print("🚀🚀"); loss.backward(); opt.step()\n'));
    expect(emoji).toContain(
      'print("🚀🚀"); loss.backward(); torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0); opt.step()',
    );
  });

  it('changes no other character', async () => {
    const source = loop('    loss.backward()   # keep\n\n    opt.step()\n');
    const fixed = await clip(source);
    expect(fixed.replace(/ {4}torch\.nn\.utils.*\n/, '')).toBe(source);
  });
});

describe('where nothing is inserted, and why', () => {
  it.each([
    ['import torch\nfor x in d:\n    opt.step()\n', /no backward/],
    ['import torch\nx = 1\n', /no optimizer step/],
    ['', /no optimizer step/],
    [loop('    loss.backward()\n    scheduler.step()\n'), /no optimizer step/],
    [
      loop('    loss.backward()\n    nn.utils.clip_grad_norm_(m.parameters(), 1)\n    opt.step()\n'),
      /clipped already/,
    ],
    [
      loop('    loss_scaler(loss, opt, clip_grad=1.0)\n    loss.backward()\n    opt.step()\n'),
      /clipped already/,
    ],
    [loop('    opt.step(closure)\n'), /closure/],
    [
      loop(
        '    loss.backward()\n    for p in m.parameters():\n        p.grad.data.clamp_(-1, 1)\n    opt.step()\n',
      ),
      /by hand/,
    ],
    [
      loop('    model.backward(loss)\n    model.step()\n', 'model, opt = deepspeed.initialize()'),
      /DeepSpeed/,
    ],
    [
      `import keras\nmodel.compile(opt)\n${loop('    loss.backward()\n    opt.step()\n', 'opt = get()')}`,
      /Keras/,
    ],
    [loop('    loss.backward()\n    opt.step(\n'), /syntax error|no optimizer step/],
    [loop('    self.after_backward()\n    opt.step()\n'), /no backward/],
  ])('%j', async (source, reason) => {
    expect(await refusal(source)).toMatch(reason);
  });

  it('is not put off by a bound of zero, which is off', async () => {
    await clip(loop('    cfg = dict(max_grad_norm=0.0)\n    loss.backward()\n    opt.step()\n'));
  });

  it('is not put off by a framework that is only mentioned in a comment or a string', async () => {
    await clip(
      loop('    # like deepspeed.initialize( or Accelerator(\n    loss.backward()\n    opt.step()\n'),
    );
  });

  it('says so for a technique without a planner', async () => {
    expect(await planRemedy('x = 1', 'mixup')).toMatchObject({ applicable: false });
  });
});
