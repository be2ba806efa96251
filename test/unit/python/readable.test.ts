import { describe, expect, it } from 'vitest';
import { planRemedy } from '../../../src/python/plan';
import { fixed, refusal } from './plans';

const loop =
  'import torch\nopt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor x in data:\n    loss.backward()\n    opt.step()\n';

describe('the lines of a notebook', () => {
  it('are passed over and stay as they are', async () => {
    const source = `%matplotlib inline\n!pip install tqdm -q\n%%time\n${loop}!ls ~/runs\n`;
    const script = await fixed(source, 'gradient-clipping');
    expect(script).toMatch(/^%matplotlib inline\n!pip install tqdm -q\n%%time\n/);
    expect(script).toContain('max_norm=1.0)\n    opt.step()\n!ls ~/runs\n');
  });

  it('are passed over inside a loop too', async () => {
    const source = loop.replace('    opt.step()', '    !nvidia-smi -L\n    opt.step()');
    expect(await fixed(source, 'gradient-clipping')).toContain('!nvidia-smi -L\n    torch.nn.utils.clip');
  });

  it('are none where an expression goes on with a percent sign', async () => {
    const source = `text = ("%d of %d"\n%sizes)\n${loop}`;
    expect(await fixed(source, 'gradient-clipping')).toContain('%sizes)\n');
  });
});

describe('a file that is too long', () => {
  it('is refused with a reason', async () => {
    expect(await refusal(`${'# a long comment\n'.repeat(60_000)}${loop}`, 'gradient-clipping')).toMatch(
      /1 MB/,
    );
  });
});

describe('a file of many functions', () => {
  it('takes time in proportion', async () => {
    const many = (count: number): string =>
      `import torch\n${Array.from({ length: count }, (_, i) => `def fit_${i}(model, optimizer):\n    model(x).backward()\n    optimizer.step()\n`).join('')}`;
    const time = async (count: number): Promise<number> => {
      const start = performance.now();
      await planRemedy(many(count), 'gradient-clipping');
      return performance.now() - start;
    };
    await time(50);
    const small = Math.min(await time(200), await time(200));
    expect(await time(1600)).toBeLessThan(small * 30);
  });
});
