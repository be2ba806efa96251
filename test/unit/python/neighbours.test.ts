import { describe, expect, it } from 'vitest';
import { importedPaths, sharder } from '../../../src/python/neighbours';
import { planRemedy, planScript } from '../../../src/python/plan';

const loop = `import torch


def train(model, loader, optimizer):
    for x, y in loader:
        loss = model(x).sum()
        loss.backward()
        optimizer.step()
`;
const main = `from train_utils import train
from torch.distributed.fsdp import FullyShardedDataParallel as FSDP

model = FSDP(Net())
train(model, loader, optimizer)
`;

describe('files beside a script', () => {
  it('are found by what it imports', () => {
    expect(
      importedPaths(
        'import os, models.resnet\nfrom .net import Net\nfrom ..data import x\nfrom . import y\n',
      ),
    ).toEqual([
      'os.py',
      'os/__init__.py',
      'models/resnet.py',
      'models/resnet/__init__.py',
      'net.py',
      'net/__init__.py',
      '../data.py',
      '../data/__init__.py',
    ]);
  });

  it('that shard a model and import the script make an edit of its loop a suggestion', async () => {
    const neighbours = [{ name: 'main.py', source: main }];
    expect(sharder('train_utils.py', loop, neighbours)).toBe('main.py');
    const plan = await planRemedy(loop, 'gradient-clipping', { name: 'train_utils.py', neighbours });
    if (!plan.applicable) throw new Error(plan.reason);
    expect(plan.title).toContain('only if the model does not come in shards from main.py');
    expect(plan.notes[0]).toContain('model.clip_grad_norm_(1.0)');
  });

  it.each([
    ['imports something else', main.replace('train_utils', 'other')],
    ['shards nothing', main.replaceAll('FSDP(', 'DDP(').replace('FullyShardedDataParallel as FSDP', 'x')],
  ])('one that %s changes nothing', async (_what, source) => {
    const options = { name: 'train_utils.py', neighbours: [{ name: 'main.py', source }] };
    expect(await planRemedy(loop, 'gradient-clipping', options)).toEqual(
      await planRemedy(loop, 'gradient-clipping'),
    );
  });

  it('leave edits alone that are right for a sharded model, too', async () => {
    const source = `${loop}\n\noptimizer = torch.optim.SGD(params, lr=0.1)\n`;
    const options = { name: 'train_utils.py', neighbours: [{ name: 'main.py', source: main }] };
    const plans = await planScript(source, ['lower-lr'], options);
    expect(plans.plan('lower-lr')).toEqual(await planRemedy(source, 'lower-lr'));
  });
});
