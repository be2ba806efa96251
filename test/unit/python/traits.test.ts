import { describe, expect, it } from 'vitest';
import { traitsOfSource } from '../../../src/python/traits';

const script = (
  network: string,
  optimizer = 'torch.optim.Adam(model.parameters(), lr=1e-3)',
  more = '',
): string => `import torch
from torch import nn
${more}
model = nn.Sequential(
${network}
)
criterion = nn.CrossEntropyLoss()
optimizer = ${optimizer}
for epoch in range(10):
    for x, y in loader:
        optimizer.zero_grad()
        criterion(model(x), y).backward()
        optimizer.step()
`;
const deep = (activation: string, between = ''): string =>
  [
    `nn.Linear(8, 32), ${activation}`,
    ...Array<string>(4).fill(`${between}nn.Linear(32, 32), ${activation}`),
    'nn.Linear(32, 2)',
  ].join(',\n');
const sigmoids = deep('nn.Sigmoid()');
const adam = 'torch.optim.Adam(model.parameters(), lr=1e-3';

describe('whether a script holds its network back', () => {
  it.each([
    ['nothing of it', script(sigmoids)],
    ['decay and dropout of zero', script(deep('nn.ReLU(), nn.Dropout(0.0)'), `${adam}, weight_decay=0.0)`)],
    ['AdamW without decay', script(sigmoids, 'torch.optim.AdamW(model.parameters(), weight_decay=0)')],
    ['only its words in a comment', script(sigmoids, undefined, '# no dropout, no weight_decay here')],
    [
      'a last batch that is left out',
      script(sigmoids, undefined, 'loader = DataLoader(data, drop_last=True)'),
    ],
  ])('no: %s', async (_name, source) => {
    expect((await traitsOfSource(source))?.regularised).toBe(false);
  });

  it.each([
    ['dropout', script(deep('nn.ReLU(), nn.Dropout(0.5)'))],
    ['decay', script(sigmoids, `${adam}, weight_decay=0.05)`)],
    ['decay by the command line', script(sigmoids, `${adam}, weight_decay=args.wd)`)],
    ['decay by default', script(sigmoids, 'torch.optim.AdamW(model.parameters())')],
    ['augmentation', script(sigmoids, undefined, 'augment = v2.Compose([v2.RandomHorizontalFlip()])')],
    ['smoothed labels', script(sigmoids).replace('Loss()', 'Loss(label_smoothing=0.1)')],
    ['a zero beside a value', script(deep('nn.ReLU(), nn.Dropout(0.0)'), `${adam}, weight_decay=0.01)`)],
    ['options that come in by a name', script(sigmoids, 'torch.optim.Adam(model.parameters(), **kwargs)')],
    ['parts in files of its package', script(sigmoids, undefined, 'from .data import loader')],
  ])('yes: %s', async (_name, source) => {
    expect((await traitsOfSource(source))?.regularised).toBe(true);
  });
});

describe('the norm that can be written into a network of several layers without any', () => {
  it.each([
    ['sigmoids', script(sigmoids), 'batch-norm'],
    ['other activations', script(deep('nn.ReLU()')), 'layer-norm'],
    ['a network with norms', script(deep('nn.ReLU()', 'nn.LayerNorm(32), ')), null],
    ['a small one', script('nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 2)'), null],
    ['no activation that is known', script(deep('Snake()')), null],
    [
      'batches that are too small',
      script(sigmoids, undefined, 'loader = DataLoader(data, batch_size=4)'),
      null,
    ],
  ])('%s', async (_name, source, norm) => {
    expect((await traitsOfSource(source))?.norm).toBe(norm);
  });

  it('is none of a GAN or a transformer', async () => {
    const gan = script(sigmoids, undefined, 'opt_d = torch.optim.Adam(discriminator.parameters())').replace(
      'optimizer = ',
      'opt_g = ',
    );
    expect((await traitsOfSource(gan))?.norm).toBeNull();
    const transformer = script(deep('nn.GELU()'), undefined, 'encoder = nn.TransformerEncoderLayer(32, 4)');
    expect((await traitsOfSource(transformer))?.norm).toBeNull();
  });

  it('says nothing of a network that is elsewhere, nor of what is no script', async () => {
    expect(
      await traitsOfSource(
        script(sigmoids).replace(/nn\.Sequential\([\s\S]*?\n\)\n/, 'timm.create_model("resnet50")\n'),
      ),
    ).toBeNull();
    expect(await traitsOfSource('')).toBeNull();
    expect(await traitsOfSource('def f(:\n  \u0000')).toBeNull();
  });
});
