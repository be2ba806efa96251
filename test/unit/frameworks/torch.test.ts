import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { planRemedy } from '../../../src/python/plan';
import { applyEdits } from '../../../src/remedies/textEdit';
import { describeWith, runPython } from './python';

/** Gradients explode here; what each step does to the weights is printed as their largest change. */
const loop = (before: string, body: string): string => `
import torch
torch.manual_seed(0)
model = torch.nn.Linear(4, 1)
${before}
x, y = torch.randn(8, 4) * 1000, torch.randn(8, 1) * 1000
for step in range(2):
    old = [p.detach().clone() for p in model.parameters()]
    opt.zero_grad()
    loss = ((model(x) - y) ** 2).mean()
${body}
    print(max((p - o).abs().max().item() for p, o in zip(model.parameters(), old)))
`;

async function clipped(source: string): Promise<string> {
  const plan = await planRemedy(source, 'gradient-clipping');
  if (!plan.applicable) throw new Error(plan.reason);
  return applyEdits(source, plan.edits);
}

const changes = (source: string): number[] => runPython(source).trim().split('\n').map(Number);

describeWith(['torch'], 'scripts with clipping inserted, run by PyTorch', () => {
  it.each([
    ['from model.parameters()', 'opt = torch.optim.SGD(model.parameters(), lr=1.0)'],
    [
      'from an iterator that the optimizer has used up',
      'ps = model.parameters()\nopt = torch.optim.SGD(ps, lr=1.0)',
    ],
    ['from groups', 'opt = torch.optim.SGD([{"params": [p]} for p in model.parameters()], lr=1.0)'],
  ])('take steps no longer than the bound, with an optimizer built %s', async (_name, before) => {
    const source = loop(before, '    loss.backward()\n    opt.step()');
    expect(Math.max(...changes(source))).toBeGreaterThan(1000);
    // With SGD at rate 1 the step is the gradient: its norm is at most 1.
    const steps = changes(await clipped(source));
    expect(Math.max(...steps)).toBeLessThanOrEqual(1.001);
    expect(Math.min(...steps)).toBeGreaterThan(0);
  });

  it('unscale before they clip under a gradient scaler', async () => {
    const before = 'scaler = torch.amp.GradScaler("cpu")\nopt = torch.optim.SGD(model.parameters(), lr=1.0)';
    const body = '    scaler.scale(loss).backward()\n    scaler.step(opt)\n    scaler.update()';
    const fixed = await clipped(loop(before, body));
    expect(fixed).toContain('scaler.unscale_(opt)');
    expect(Math.max(...changes(fixed))).toBeLessThanOrEqual(1.001);
  });

  it('run in the sample workspace', async () => {
    const source = await readFile('media/sample/workspace/train.py', 'utf8');
    const fixed = (await clipped(source)).replace('epochs=20', 'epochs=2');
    expect(runPython(fixed)).toMatch(/epoch 2\/2 train_loss: \d/);
  });
});
