import { describe, expect, it } from 'vitest';
import { findings, fixed, severities } from './lint';

/** A module whose forward has a body of its own. */
const net = (body: string, init = 'pass', name = 'Net'): string =>
  `import torch\nimport torch.nn.functional as F\nfrom torch import nn\nclass ${name}(nn.Module):\n    def __init__(self):\n        super().__init__()\n        ${init}\n    def forward(self, x):\n        ${body.replaceAll('\n', '\n        ')}\n`;
const torch = (...lines: string[]): string => `import torch\nfrom torch import nn\n${lines.join('\n')}\n`;

describe('FC301 functional dropout', () => {
  it.each([
    [net('return F.dropout(x)'), 1],
    [net('return F.dropout2d(x, self.p)'), 1],
    [net('return F.dropout(x, 0.5, training=self.training)'), 0],
    [net('return F.dropout(x, 0.5, self.training)'), 0],
    [net('return F.dropout(x, 0.5, True)'), 0],
    [net('return F.dropout(x, 0.0)'), 0],
    [net('p = 0.1 if self.training else 0.0\nreturn F.dropout(x, p)'), 0],
    [net('if self.training:\n    x = F.dropout(x)\nreturn x'), 0],
    [net('return F.dropout(x, **kw)'), 0],
    [net('return F.dropout(x)', 'pass', 'Prenet'), 0],
    [net('return F.dropout(x)', 'pass', 'MCDropoutNet'), 0],
    ['import torch.nn.functional as F\ndef f(x):\n    return F.dropout(x)\n', 0],
  ])('%j', async (source, expected) => {
    expect(await findings('FC301', source)).toHaveLength(expected);
  });
});

describe('FC302 attention dropout', () => {
  const sdpa = (p: string): string => `return F.scaled_dot_product_attention(x, x, x, dropout_p=${p})`;
  it.each([
    [net(sdpa('0.1')), 1],
    [net(sdpa('self.dropout'), 'self.dropout = 0.1'), 1],
    [net(sdpa('self.dropout'), 'self.dropout = config.dropout'), 1],
    [net(sdpa('self.drop.p'), 'self.drop = nn.Dropout(0.1)'), 1],
    [net(sdpa('0.0')), 0],
    [net(sdpa('0')), 0],
    [net(sdpa('self.dropout'), 'self.dropout = 0.0'), 0],
    [net(sdpa('self.dropout if self.training else 0.0'), 'self.dropout = 0.1'), 0],
    [net(`p = self.dropout if self.training else 0\n${sdpa('p')}`), 0],
    [net(`if self.training:\n    ${sdpa('0.1')}\nreturn x`), 0],
    [net(sdpa('self.dropout')), 0],
    [`${net(sdpa('self.p'), 'self.p = 0.1')}    def eval(self):\n        self.p = 0.0\n`, 0],
  ])('%j', async (source, expected) => {
    expect(await findings('FC302', source)).toHaveLength(expected);
  });
});

describe('FC303 dropout probability', () => {
  it.each([
    ['nn.Dropout(0.5)', []],
    ['nn.Dropout(p=0.6)', ['info']],
    ['nn.Dropout2d(0.8)', ['warning']],
    ['nn.Dropout(1)', ['error']],
    ['nn.Dropout(-0.1)', ['error']],
    ['nn.Dropout(args.p)', []],
    ['torch.nn.functional.dropout(x, 0.9)', ['warning']],
    ['nn.TransformerEncoderLayer(8, 2, dropout=0.9)', ['warning']],
    ['nn.LSTM(8, 8, 2, dropout=1.5)', ['error']],
    ['nn.RReLU(0.9)', []],
  ])('%s', async (call, expected) => {
    expect(await severities('FC303', torch(`layer = ${call}`))).toEqual(expected);
  });

  it('takes the rate of Keras, and not what TensorFlow 1 kept', async () => {
    expect(await severities('FC303', 'import keras\nkeras.layers.Dropout(0.9)\n')).toEqual(['warning']);
    expect(await severities('FC303', 'import tensorflow as tf\ntf.nn.dropout(x, keep_prob=0.9)\n')).toEqual(
      [],
    );
  });

  it('lets agents be', async () => {
    expect(await severities('FC303', torch('import gymnasium', 'd = nn.Dropout(p=0.6)'))).toEqual([]);
  });
});

describe('FC306 and FC307', () => {
  it.each([
    ['nn.LSTM(8, 8, dropout=0.5)', 1],
    ['nn.GRU(8, 8, num_layers=1, dropout=0.5)', 1],
    ['nn.LSTM(8, 8, dropout=p)', 1],
    ['nn.LSTM(8, 8, num_layers=2, dropout=0.5)', 0],
    ['nn.LSTM(8, 8, num_layers=n, dropout=0.5)', 0],
    ['nn.LSTM(8, 8, 2, dropout=0.5)', 0],
    ['nn.LSTM(8, 8, dropout=0)', 0],
    ['nn.LSTM(8, 8, dropout=p if n > 1 else 0)', 0],
    ['nn.LSTM(8, 8, **more, dropout=0.5)', 0],
    ['nn.LSTMCell(8, 8)', 0],
  ])('FC306 %s', async (call, expected) => {
    expect(await findings('FC306', torch(`layer = ${call}`))).toHaveLength(expected);
  });

  it.each([
    [
      'rnn = nn.LSTM(\n    8,\n    8,\n    dropout=0.5,\n    batch_first=True,\n)',
      'rnn = nn.LSTM(\n    8,\n    8,\n    batch_first=True,\n)',
    ],
    ['rnn = nn.LSTM(\n    8,\n    8,\n    dropout=0.5\n)', 'rnn = nn.LSTM(\n    8,\n    8\n)'],
    ['rnn = nn.LSTM(8, dropout=0.5, hidden_size=8)', 'rnn = nn.LSTM(8, hidden_size=8)'],
    ['rnn = nn.LSTM(8, 8, dropout=0.5)  # 🚀', 'rnn = nn.LSTM(8, 8)  # 🚀'],
    ['rnn = nn.LSTM(8, 8,  # sizes\n    dropout=0.5)', 'rnn = nn.LSTM(8, 8,  # sizes\n    )'],
  ])('FC306 removes the argument and nothing else: %j', async (before, after) => {
    expect(await fixed('FC306', torch(before))).toBe(torch(after));
  });

  const layers =
    'self.d = nn.Dropout(0.5)\n        self.bn = nn.BatchNorm1d(8)\n        self.fc = nn.Linear(8, 8)';
  it.each([
    [torch('s = nn.Sequential(nn.Dropout(0.2), nn.BatchNorm1d(8))'), 1],
    [torch('s = nn.Sequential(nn.BatchNorm1d(8), nn.Dropout(0.2))'), 0],
    [torch('s = nn.Sequential(nn.Dropout(0.0), nn.BatchNorm1d(8))'), 0],
    [torch('s = nn.Sequential(nn.Dropout(0.2), nn.LayerNorm(8))'), 0],
    [net('return self.bn(self.d(x))', layers), 1],
    [net('x = self.d(x)\nx = self.bn(x)\nreturn x', layers), 1],
    [net('x = self.d(x)\nx = self.fc(x)\nreturn self.bn(x)', layers), 0],
    [
      'import keras\nfrom keras import layers\nm = keras.Sequential([layers.Dropout(0.2), layers.BatchNormalization()])\n',
      1,
    ],
  ])('FC307 %j', async (source, expected) => {
    expect(await findings('FC307', source)).toHaveLength(expected);
  });
});

describe('FC402 to FC404 batch norm', () => {
  const norm = 'bn = nn.BatchNorm2d(8)';
  const data = 'from torch.utils.data import DataLoader';
  it.each([
    [torch(data, norm, 'train_loader = DataLoader(d, batch_size=2, shuffle=True)'), ['warning']],
    [torch(data, norm, 'train_loader = DataLoader(d, batch_size=8, shuffle=True)'), ['info']],
    [torch(data, norm, 'B = 2', 'train_loader = DataLoader(d, batch_size=B)'), ['warning']],
    [torch(data, norm, 'train_loader = DataLoader(d, batch_size=32, shuffle=True)'), []],
    [torch(data, norm, 'test_loader = DataLoader(d, batch_size=1)'), []],
    [torch(data, norm, 'val_loader = DataLoader(train_split, batch_size=1, shuffle=True)'), []],
    [torch(data, norm, 'train_loader = DataLoader(d, batch_size=args.batch)'), []],
    [torch(data, 'gn = nn.GroupNorm(2, 8)', 'train_loader = DataLoader(d, batch_size=2, shuffle=True)'), []],
    [torch(data, norm, 'freeze_bn(model)', 'train_loader = DataLoader(d, batch_size=2, shuffle=True)'), []],
    [
      torch(
        data,
        norm,
        'class Generator(nn.Module): pass',
        'class Discriminator(nn.Module): pass',
        'train_loader = DataLoader(d, batch_size=1, shuffle=True)',
      ),
      [],
    ],
  ])('FC402 %j', async (source, expected) => {
    expect(await severities('FC402', source)).toEqual(expected);
  });

  const ddp = 'from torch.nn.parallel import DistributedDataParallel as DDP';
  it.each([
    [torch(ddp, norm, 'm = DDP(m)'), ['hint']],
    [
      torch(ddp, data, norm, 'train_loader = DataLoader(d, batch_size=8, shuffle=True)', 'm = DDP(m)'),
      ['info'],
    ],
    [torch(ddp, norm, 'if args.sync_bn:', '    pass', 'm = DDP(m)'), []],
    [torch(ddp, 'm = DDP(m)'), []],
  ])('FC403 %j', async (source, expected) => {
    expect(await severities('FC403', source)).toEqual(expected);
  });

  it('FC403 converts before DDP', async () => {
    expect(await fixed('FC403', torch(ddp, norm, 'm = DDP(m)'))).toMatch(
      /m = nn\.SyncBatchNorm\.convert_sync_batchnorm\(m\)\nm = DDP\(m\)/,
    );
  });

  const convert = 'm = nn.SyncBatchNorm.convert_sync_batchnorm(m)';
  it.each([
    [torch(ddp, 'm = DDP(m)', convert), 1],
    [torch(ddp, convert, 'm = DDP(m)'), 0],
    [torch(ddp, 'if a:', '    m = DDP(m)', 'else:', `    ${convert}`), 0],
    [torch(ddp, 'other = DDP(o)', convert), 0],
  ])('FC404 %j', async (source, expected) => {
    expect(await findings('FC404', source)).toHaveLength(expected);
  });
});

describe('FC405, FC406 and FC410', () => {
  const stack = (layer: string, rest: string, more = ''): string =>
    torch(
      `layer = nn.TransformerEncoderLayer(512, 8${layer})`,
      `enc = nn.TransformerEncoder(layer, ${rest})`,
      more,
    );
  it.each([
    [stack('', 'num_layers=12'), 1],
    [stack(', norm_first=False', '24'), 1],
    [stack('', 'num_layers=6'), 0],
    [stack('', 'num_layers=n'), 0],
    [stack(', norm_first=True', 'num_layers=24'), 0],
    [stack(', norm_first=pre', 'num_layers=24'), 0],
    [stack('', 'num_layers=12', '# a BERT of our own'), 0],
  ])('FC405 %j', async (source, expected) => {
    expect(await findings('FC405', source)).toHaveLength(expected);
  });

  it('FC405 puts the norm first and one behind the last layer', async () => {
    const result = await fixed('FC405', stack('', 'num_layers=12'));
    expect(result).toContain('norm_first=True');
    expect(result).toMatch(/norm=nn\.LayerNorm\(512\)/);
  });

  it.each([
    [stack(', norm_first=True', '6'), 1],
    [stack(', norm_first=True', '6, norm=None', ''), 0],
    [stack(', norm_first=True', '6, norm=nn.LayerNorm(512)'), 0],
    [stack(', norm_first=True', '6, nn.LayerNorm(512)'), 0],
    [stack(', norm_first=True', '6', 'norm = nn.LayerNorm(512)'), 0],
    [stack(', norm_first=True', '6', 'final = MyNorm(512)'), 0],
    [stack('', '6'), 0],
  ])('FC406 %j', async (source, expected) => {
    expect(await findings('FC406', source)).toHaveLength(expected);
  });

  it.each([
    ['nn.GroupNorm(32, 48)', 1],
    ['nn.GroupNorm(num_groups=5, num_channels=12)', 1],
    ['nn.GroupNorm(32, 64)', 0],
    ['nn.GroupNorm(32, c)', 0],
    ['nn.GroupNorm(1, 48)', 0],
    ['nn.GroupNorm(0, 48)', 0],
  ])('FC410 %s', async (call, expected) => {
    expect(await findings('FC410', torch(`g = ${call}`))).toHaveLength(expected);
  });
});
