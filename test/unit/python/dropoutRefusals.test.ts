import { describe, expect, it } from 'vitest';
import { fixed, refusal } from './plans';

const drop = (source: string): Promise<string> => fixed(source, 'dropout');
const left = (source: string): Promise<string> => refusal(source, 'dropout');

/** A PyTorch module with a stack under a name, and what its forward returns. */
const stacked = (
  stack: string,
  more: { attribute?: string; name?: string; result?: string } = {},
): string => {
  const { attribute = 'body', name = 'Net', result = `self.${attribute}(x)` } = more;
  return `import torch
from torch import nn

class ${name}(nn.Module):
    def __init__(self):
        super().__init__()
        self.${attribute} = nn.Sequential(${stack})

    def forward(self, x):
        return ${result}
`;
};
const hidden = 'nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 4)';

describe('functions that drop', () => {
  const method = (body: string, base = 'nn.Module'): string =>
    `from torch import nn\nimport torch.nn.functional as F\nclass Block(${base}):\n    def forward(self, x):\n        return ${body}\n`;

  it('do so in training only', async () => {
    expect(await drop(method('F.scaled_dot_product_attention(x, x, x, dropout_p=0.0)'))).toContain(
      'dropout_p=0.5 if self.training else 0.0)',
    );
    expect(await drop(method('F.dropout(x, 0.0)'))).toContain('F.dropout(x, 0.5, training=self.training)');
    expect(await drop(method('F.dropout(x, 0.0, self.training)'))).toContain(
      'F.dropout(x, 0.5, self.training)',
    );
  });

  it.each([
    method('F.dropout(x, 0.0)', 'object'),
    method('F.dropout(x, 0.0, True)'),
    'import torch.nn.functional as F\ny = F.scaled_dot_product_attention(q, k, v, dropout_p=0.0)\n',
  ])('are left alone where the mode is not at hand: %s', async (source) => {
    expect(await left(source)).toMatch(/drops in evaluation too/);
  });

  it('are not raised by a setting elsewhere', async () => {
    const source = `${method('F.scaled_dot_product_attention(x, x, x, dropout_p=cfg.dropout_rate)')}class Config:\n    dropout_rate = 0.0\n`;
    expect(await left(source)).toMatch(/drops in evaluation too/);
  });
});

describe('parts of a network that are no classifier', () => {
  it('a plain stack is one', async () => {
    expect(await drop(stacked(hidden))).toContain('nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 4)');
  });

  it.each(['time_net', 'pos_mlp', 'gate', 'emb_proj', 'attn', 'mod1', 'se'])('%s', async (attribute) => {
    expect(await left(stacked(hidden, { attribute }))).toMatch(/gate or an embedding by its name/);
  });

  it.each([
    ['a gate', stacked(`${hidden}, nn.Sigmoid()`, { result: 'x * self.body(x)' }), /may be a gate/],
    ['a block of gates', stacked(hidden, { name: 'SqueezeBlock' }), /gate or an embedding/],
    ['an encoding first', stacked(`Waves(8), ${hidden}`), /what Waves gives .* not visible/],
    ['an autoencoder', stacked(hidden, { name: 'AutoEncoder' }), /autoencoder/],
    ['a radiance field', stacked(hidden, { name: 'TinyNeRF' }), /coordinates/],
    [
      'derivatives by the input',
      `${stacked(hidden)}slope = torch.autograd.grad(y, x, create_graph=True)\n`,
      /coordinates/,
    ],
  ])('%s', async (_name, source, reason) => {
    expect(await left(source)).toMatch(reason);
  });

  it('a sigmoid that is the answer stays one', async () => {
    expect(await drop(stacked(`${hidden}, nn.Sigmoid()`))).toContain('nn.Dropout(0.5)');
  });

  const written = (name: string, first: string, end: string): string => `import torch
from torch import nn
import torch.nn.functional as F

class ${name}(nn.Module):
    def __init__(self):
        super().__init__()
        self.${first} = nn.Linear(8, 32)
        self.last = nn.Linear(32, 8)

    def forward(self, x):
        h = F.relu(self.${first}(x))
        ${end}
`;

  it.each([
    ['a gate', written('Scale', 'down', 'return x * torch.sigmoid(self.last(h))'), /may be a gate/],
    ['a field', written('NeRFNet', 'first', 'return self.last(h)'), /coordinates/],
  ])('%s, written out in forward', async (_name, source, reason) => {
    expect(await left(source)).toMatch(reason);
  });

  it('an embedding of the time, written out in forward', async () => {
    expect(await left(written('Net', 'time_in', 'return self.last(h)'))).toMatch(/no hidden fully connected/);
    expect(await drop(written('Net', 'first', 'return self.last(h)'))).toContain('self.dropout(F.relu');
  });
});

describe('a default that each call replaces', () => {
  const source = (call: string): string =>
    `import keras\nfrom keras import layers\ndef encode(x, units, dropout=0.0):\n    return layers.Dropout(dropout)(x)\ny = ${call}\n`;

  it('by its place', async () => {
    expect(await left(source('encode(x, 8, 0.3)'))).toMatch(/in place already/);
    expect(await left(source('encode(*arguments)'))).toMatch(/in place already/);
    expect(await drop(source('encode(x, 8)'))).toContain('dropout=0.5):');
  });

  it('but not by the place of another function', async () => {
    const other = `def other(a, b, c):\n    pass\nother(1, 2, 3)\n`;
    expect(await drop(source('encode(x, 8)') + other)).toContain('dropout=0.5):');
  });
});

describe('what forward is given', () => {
  const conditioned = (attribute: string, input: string, before = 'h = self.conv(x)'): string => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)
        self.${attribute} = nn.Linear(16, 8)

    def forward(self, x, t):
        ${before}
        return h + self.${attribute}(${input})
`;

  it.each([
    ['a condition', conditioned('shift', 't')],
    ['a view of it', conditioned('shift', 't.flatten(1)')],
    ['another name of it', conditioned('shift', 'c', 'h = self.conv(x)\n        c = t')],
    ['a layer of a time', conditioned('time', 'h')],
  ])('%s gets none', async (_name, source) => {
    expect(await left(source)).toMatch(/no hidden fully connected layer/);
  });

  it('features get it', async () => {
    expect(await drop(conditioned('fc', 'torch.flatten(h, 1)'))).toContain(
      'self.fc(self.dropout(torch.flatten(h, 1)))',
    );
  });
});

describe('weights that are loaded', () => {
  const load = 'model.load_state_dict(torch.load("pretrained.pt"))\n';

  it('keep the numbers of their layers', async () => {
    expect(await left(`${stacked(hidden)}${load}`)).toMatch(/weights are loaded in line 11/);
  });

  it('are no obstacle where the script saved them itself', async () => {
    const source = `${stacked(hidden)}model.load_state_dict(best_weights)\n`;
    expect(await drop(source)).toContain('nn.Dropout(0.5)');
  });
});

describe('a teacher', () => {
  const two = (teacher: string): string =>
    `from torch import nn\n${teacher}\nstudent = nn.Sequential(${hidden})\n`;

  it('keeps its layers, under its own name or as a class of its own', async () => {
    const plain = await drop(two(`teacher = nn.Sequential(${hidden})`));
    expect(plain).toContain(`teacher = nn.Sequential(${hidden})\n`);
    expect(plain).toContain(
      'student = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 4))',
    );
    const made = stacked(hidden, { name: 'Big' });
    expect(await left(`${made}\nteacher_net = Big()\n`)).toContain('Big is the teacher');
    expect(await drop(`${made}\nteacher = Big()\nstudent = Big()\n`)).toContain('nn.Dropout(0.5)');
  });
});
