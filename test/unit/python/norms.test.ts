import { describe, expect, it } from 'vitest';
import { fixed, refusal } from './plans';

const network = (layers: readonly string[], body: readonly string[], given = 'x'): string =>
  [
    'import torch',
    'import torch.nn as nn',
    'import torch.nn.functional as F',
    '',
    '',
    'class Net(nn.Module):',
    '    def __init__(self):',
    '        super().__init__()',
    ...layers.map((line) => `        ${line}`),
    '',
    `    def forward(self, ${given}):`,
    ...body.map((line) => `        ${line}`),
    '',
  ].join('\n');
const two = ['self.fc1 = nn.Linear(8, 32)', 'self.fc2 = nn.Linear(32, 4)'];

describe('layer norm leaves the output as it is', () => {
  it.each([
    ['an activation that is returned', ['x = F.relu(self.fc1(x))', 'return F.relu(self.fc2(x))']],
    ['one around the other', ['return torch.tanh(self.fc2(F.relu(self.fc1(x))))']],
    ['a bound around it', ['x = F.relu(self.fc1(x))', 'return 2.0 * torch.tanh(self.fc2(x))']],
    ['a name that is returned', ['x = F.relu(self.fc1(x))', 'x = torch.tanh(self.fc2(x))', 'return x']],
    [
      'a name under another name',
      ['h = F.relu(self.fc1(x))', 'y = torch.tanh(self.fc2(h))', 'z = y.flatten()', 'return z'],
    ],
  ])('%s', async (_name, body) => {
    const script = await fixed(network(two, body), 'layer-norm');
    expect(script).toContain('self.ln1(self.fc1(');
    expect(script).not.toContain('ln2');
  });

  it('where the last of a stack is an activation', async () => {
    const source =
      'from torch import nn\nnet = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 4), nn.Tanh())\n';
    expect(await fixed(source, 'layer-norm')).toContain(
      'nn.Sequential(nn.Linear(8, 32), nn.LayerNorm(32), nn.ReLU(), nn.Linear(32, 4), nn.Tanh())',
    );
  });

  it.each([
    ['features that are returned beside it', ['x = F.relu(self.fc1(x))', 'return x, self.fc2(x)']],
    ['an arm of a gate', ['g = F.relu(self.fc1(x)) * torch.sigmoid(x)', 'return self.fc2(g)']],
    ['an arm by name', ['g = torch.tanh(self.fc1(x))', 's = g * x', 'return self.fc2(s)']],
  ])('%s', async (_name, body) => {
    expect(await refusal(network(two, body), 'layer-norm')).toMatch(/returned, multiplied/);
  });

  it.each([
    ['one feature', ['self.fc1 = nn.Linear(8, 1)', 'self.fc2 = nn.Linear(1, 4)']],
    ['a scalar', ['self.fc1 = nn.Linear(1, 32)', 'self.fc2 = nn.Linear(32, 4)']],
  ])('%s', async (_name, layers) => {
    const source = network(layers, ['return self.fc2(F.relu(self.fc1(x)))']);
    expect(await refusal(source, 'layer-norm')).toMatch(/no hidden linear layer/);
  });

  it('in a GAN', async () => {
    const source = `${network(two, ['return self.fc2(F.relu(self.fc1(x)))']).replace('Net', 'Generator')}opt_g = torch.optim.Adam(generator.parameters())\nopt_d = torch.optim.Adam(discriminator.parameters())\n`;
    expect(await refusal(source, 'layer-norm')).toMatch(/a GAN/);
  });
});

it('batch norm leaves a convolution alone whose activation is returned', async () => {
  const source = network(
    [
      'self.conv1 = nn.Conv2d(3, 8, 3)',
      'self.conv2 = nn.Conv2d(8, 8, 3)',
      'self.map = nn.Conv2d(3, 1, 1)',
      'self.fc = nn.Linear(8, 4)',
    ],
    [
      'm = torch.relu(self.map(x))',
      'x = F.relu(self.conv1(x))',
      'x = F.relu(self.conv2(x))',
      'return self.fc(x.mean((2, 3))), m',
    ],
  );
  const script = await fixed(source, 'batch-norm');
  expect(script).toContain('self.bn1(self.conv1(x))');
  expect(script).toContain('self.bn2(self.conv2(x))');
  expect(script).not.toContain('map_norm');
});

describe('batch norm between linear layers and sigmoids', () => {
  const stack = (layers: string, more = ''): string =>
    `from torch import nn\n${more}\nnet = nn.Sequential(${layers})\ncriterion = nn.CrossEntropyLoss()\n`;

  it('stands before each sigmoid that more layers follow', async () => {
    const source = stack('nn.Linear(8, 32), nn.Sigmoid(), nn.Linear(32, 4), nn.Sigmoid()');
    expect(await fixed(source, 'batch-norm')).toContain(
      'nn.Sequential(nn.Linear(8, 32), nn.BatchNorm1d(32), nn.Sigmoid(), nn.Linear(32, 4), nn.Sigmoid())',
    );
  });

  it.each([
    ['other activations', stack('nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 4)')],
    ['the end of a gate', stack('nn.Linear(8, 2), nn.ReLU(), nn.Linear(2, 8), nn.Sigmoid()')],
    ['sequences', stack('nn.Linear(8, 32), nn.Sigmoid(), nn.Linear(32, 4)', 'rnn = nn.LSTM(8, 8)')],
    [
      'a head behind convolutions',
      stack('nn.Conv2d(1, 6, 5), nn.Flatten(), nn.Linear(8, 32), nn.Sigmoid(), nn.Linear(32, 4)'),
    ],
    [
      'no loss of classes',
      stack('nn.Linear(8, 32), nn.Sigmoid(), nn.Linear(32, 4)').replace('CrossEntropy', 'MSE'),
    ],
  ])('is not written where there are %s', async (_name, source) => {
    expect(await refusal(source, 'batch-norm')).toMatch(/no convolution with an activation/);
  });

  it('leaves networks alone that have norms, or batches too small for one', async () => {
    const sigmoids = 'nn.Linear(8, 32), nn.Sigmoid(), nn.Linear(32, 4)';
    const normed = stack(`nn.LayerNorm(8), ${sigmoids}`);
    expect(await refusal(normed, 'batch-norm')).toMatch(/normalised already/);
    const small = stack(
      sigmoids,
      'from torch.utils.data import DataLoader\nloader = DataLoader(data, batch_size=2)',
    );
    expect(await refusal(small, 'batch-norm')).toMatch(/too small for batch norm/);
  });
});
