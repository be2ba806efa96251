import { describe, expect, it } from 'vitest';
import { findings, fixed, severities } from './lint';

const torch = (...lines: string[]): string => `import torch\nfrom torch import nn\n${lines.join('\n')}\n`;

describe('FC201 decay on biases and norm parameters', () => {
  const norm = 'norm = nn.LayerNorm(8)';
  it.each([
    [torch(norm, 'o = torch.optim.AdamW(model.parameters())'), ['info']],
    [torch(norm, 'o = torch.optim.SGD(model.parameters(), lr=0.1, weight_decay=5e-4)'), ['info']],
    [torch(norm, 'o = torch.optim.SGD(model.parameters(), lr=0.1)'), []],
    [torch(norm, 'o = torch.optim.AdamW(model.parameters(), weight_decay=0.0)'), []],
    [torch(norm, 'o = torch.optim.AdamW(model.parameters(), weight_decay=args.wd)'), []],
    [torch(norm, 'o = torch.optim.AdamW(groups, weight_decay=0.1)'), []],
    [torch('o = torch.optim.AdamW(model.parameters())'), []],
    [torch(norm, 'from peft import get_peft_model', 'o = torch.optim.AdamW(model.parameters())'), []],
    [torch(norm, 'import gymnasium', 'o = torch.optim.AdamW(model.parameters())'), []],
  ])('%j', async (source, expected) => {
    expect(await severities('FC201', source)).toEqual(expected);
  });
});

describe('FC202 L2 in Adam', () => {
  it.each([
    [torch('o = torch.optim.Adam(m.parameters(), weight_decay=1e-4)'), ['warning']],
    [torch('WD = 0.01', 'o = torch.optim.Adam(m.parameters(), weight_decay=WD)'), ['warning']],
    [torch('o = torch.optim.Adam(m.parameters(), weight_decay=0)'), []],
    [torch('o = torch.optim.Adam(m.parameters(), weight_decay=args.wd)'), []],
    [torch('o = torch.optim.Adam(m.parameters(), weight_decay=0.1, decoupled_weight_decay=True)'), []],
    [torch('o = torch.optim.AdamW(m.parameters(), weight_decay=0.1)'), []],
    [
      torch(
        'from torch_geometric.nn import GCNConv',
        'o = torch.optim.Adam(m.parameters(), weight_decay=5e-4)',
      ),
      ['info'],
    ],
    [torch('import gymnasium as gym', 'o = torch.optim.Adam(m.parameters(), weight_decay=5e-4)'), ['info']],
    ['import keras\no = keras.optimizers.Adam(weight_decay=0.01)\n', []],
    ['import mlx.optimizers as optim\no = optim.Adam(weight_decay=0.01)\n', []],
    [
      'from deepspeed.ops.adam import DeepSpeedCPUAdam\no = DeepSpeedCPUAdam(m.parameters(), weight_decay=0.01)\n',
      [],
    ],
  ])('%j', async (source, expected) => {
    expect(await severities('FC202', source)).toEqual(expected);
  });
});

describe('FC203 incomplete no_decay list', () => {
  const list = (names: string, model: string): string =>
    `from transformers import ${model}\nmodel = ${model}.from_pretrained(path)\nno_decay = ${names}\n`;
  it.each([
    [list('["bias", "LayerNorm.weight"]', 'AutoModelForCausalLM'), 1],
    [list('["bias", "LayerNorm.bias", "LayerNorm.weight"]', 'GPT2LMHeadModel'), 1],
    [list('["bias", "LayerNorm.weight"]', 'BertForSequenceClassification'), 0],
    [list('["bias", "LayerNorm.weight"]', 'AutoModelForSequenceClassification'), 0],
    [list('["bias", "layer_norm.weight", "LayerNorm.weight"]', 'AutoModelForCausalLM'), 0],
    [list('["bias", "norm"]', 'AutoModelForCausalLM'), 0],
  ])('%j', async (source, expected) => {
    expect(await findings('FC203', source)).toHaveLength(expected);
  });
});

describe('FC205 the order of an optax chain', () => {
  const chain = (...items: string[]): string => `import optax\ntx = optax.chain(${items.join(', ')})\n`;
  it.each([
    [chain('optax.adam(1e-3)', 'optax.add_decayed_weights(1e-4)'), 1],
    [chain('optax.adam(1e-3)', 'optax.clip_by_global_norm(1.0)'), 1],
    [chain('optax.scale_by_adam()', 'optax.scale(-1e-3)', 'optax.add_decayed_weights(1e-4)'), 1],
    [chain('optax.clip_by_global_norm(1.0)', 'optax.adamw(1e-3)'), 0],
    [chain('optax.scale_by_adam()', 'optax.add_decayed_weights(1e-4)', 'optax.scale(-1e-3)'), 0],
    [chain('optax.adam(1e-3)', 'optax.ema(0.9)'), 0],
    [chain('optax.adam(1e-3)', 'optax.clip_by_block_rms(1.0)'), 0],
    [chain('optax.adam(1e-3)', 'optax.masked(optax.add_decayed_weights(1e-4), mask)'), 0],
    [chain('optax.scale(0.5)', 'optax.add_decayed_weights(1e-4)'), 0],
  ])('%j', async (source, expected) => {
    expect(await findings('FC205', source)).toHaveLength(expected);
  });

  it('moves an item on its own line, mask and all', async () => {
    const source =
      'import optax\ntx = optax.chain(\n    optax.sgd(0.1),  # rate\n    optax.add_decayed_weights(1e-4, mask=m),\n)\n';
    expect(await fixed('FC205', source)).toBe(
      'import optax\ntx = optax.chain(\n    optax.add_decayed_weights(1e-4, mask=m),\n    optax.sgd(0.1),  # rate\n)\n',
    );
  });
});

describe('FC206 and FC208 values', () => {
  it.each([
    ['torch.optim.AdamW(m.parameters(), weight_decay=0.3)', []],
    ['torch.optim.AdamW(m.parameters(), weight_decay=0.5)', ['warning']],
    ['torch.optim.AdamW(m.parameters(), weight_decay=-0.1)', ['error']],
    ['torch.optim.AdamW(m.parameters(), weight_decay=1e-8)', ['hint']],
    ['torch.optim.SGD(m.parameters(), lr=0.1, weight_decay=0.05)', ['warning']],
    ['torch.optim.SGD(m.parameters(), lr=0.1, weight_decay=5e-4)', []],
    [
      'torch.optim.AdamW([{"params": ps, "weight_decay": 0.9}, {"params": qs, "weight_decay": 0.0}])',
      ['warning'],
    ],
    ['torch.optim.AdamW(m.parameters(), weight_decay=args.wd)', []],
    ['lion_pytorch.Lion(m.parameters(), weight_decay=1.0)', []],
  ])('FC206 %s', async (call, expected) => {
    expect(await severities('FC206', torch('import lion_pytorch', `o = ${call}`))).toEqual(expected);
  });

  it.each([
    ['torch.optim.AdamW(m.parameters(), weight_decay=-0.1)', true],
    ['torch.optim.AdamW([{"params": ps, "weight_decay": -0.1}])', false],
    ['optax.adamw(1e-3, weight_decay=-0.1)', false],
    ['torch.optim.AdamW(m.parameters(), weight_decay=0.9)', false],
  ])('FC206 %s: replaced unseen: %s', async (call, safe) => {
    const [found] = await findings('FC206', torch('import optax', `o = ${call}`));
    expect(found!.fix!.safe).toBe(safe);
  });

  it.each([
    ['torch.optim.AdamW([log_alpha], lr=3e-4)', 1],
    ['torch.optim.Adam([self.log_alpha], lr=3e-4, weight_decay=1e-4)', 1],
    ['torch.optim.Adam([log_alpha], lr=3e-4)', 0],
    ['torch.optim.AdamW([model.logit_scale], weight_decay=0.1)', 1],
    ['torch.optim.AdamW([log_alpha], weight_decay=0.0)', 0],
    ['torch.optim.AdamW(model.parameters())', 0],
    ['torch.optim.AdamW([log_alpha, weights])', 0],
  ])('FC208 %s', async (call, expected) => {
    expect(await findings('FC208', torch(`o = ${call}`))).toHaveLength(expected);
  });
});

describe('FC211 and FC909 optimizer before the change', () => {
  const opt = 'opt = torch.optim.SGD(model.parameters(), lr=0.1)';
  it.each([
    [torch(opt, 'model.fc = nn.Linear(8, 2)'), 1],
    [torch(opt, 'from peft import get_peft_model', 'model = get_peft_model(model, config)'), 1],
    [
      torch(
        'class Net(nn.Module):',
        '    def __init__(self):',
        '        self.a = nn.Linear(8, 8)',
        '        self.opt = torch.optim.SGD(self.parameters(), lr=0.1)',
        '        self.b = nn.Linear(8, 2)',
      ),
      1,
    ],
    [torch('model.fc = nn.Linear(8, 2)', opt), 0],
    [torch(opt, 'model.fc = nn.Linear(8, 2)', 'opt.add_param_group({"params": model.fc.parameters()})'), 0],
    [torch(opt, 'model.fc = nn.Linear(8, 2)', opt), 0],
    [torch(opt, 'model = nn.DataParallel(model)', 'model = model.cuda()'), 0],
    [torch(opt, 'model.act = nn.ReLU()', 'model.criterion = nn.CrossEntropyLoss()'), 0],
    [torch(opt, 'other.fc = nn.Linear(8, 2)'), 0],
    [torch(opt, 'nn.utils.spectral_norm(model.fc)'), 0],
    [torch('if a:', `    ${opt}`, 'else:', '    model.fc = nn.Linear(8, 2)'), 0],
    [torch(opt, 'for model in models:', '    model.fc = nn.Linear(8, 2)'), 0],
  ])('FC211 %j', async (source, expected) => {
    expect(await findings('FC211', source)).toHaveLength(expected);
  });

  it.each([
    [torch(opt, 'model.head.weight = model.emb.weight'), 1],
    [torch('model.head.weight = model.emb.weight', opt), 0],
    [torch(opt, 'loss.weight = model.emb.weight'), 0],
  ])('FC909 %j', async (source, expected) => {
    expect(await findings('FC909', source)).toHaveLength(expected);
  });

  it('moves the optimizer only where nothing between uses it', async () => {
    expect(await fixed('FC211', torch(opt, 'model.fc = nn.Linear(8, 2)', 'go()'))).toBe(
      torch('model.fc = nn.Linear(8, 2)', opt, 'go()'),
    );
    const [used] = await findings(
      'FC211',
      torch(opt, 's = Sched(opt)', 'model.fc = nn.Linear(8, 2)', 'go()'),
    );
    expect(used!.fix).toBeUndefined();
  });
});
