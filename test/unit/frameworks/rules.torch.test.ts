import { expect, it } from 'vitest';
import { lintScript } from '../../../src/python/lint';
import { applyEdits } from '../../../src/remedies/textEdit';
import { describeWith, runPython } from './python';

/** What the rules say of PyTorch, asked of PyTorch itself: one line a claim. */
const claims = `
import json, warnings
import torch
import torch.nn.functional as F
from torch import nn
warnings.simplefilter("ignore")
torch.manual_seed(0)
found = {}

def raises(build):
    try:
        build()
    except Exception as error:
        return str(error)
    return None

found["groups"] = raises(lambda: nn.GroupNorm(32, 48))
found["groups that divide"] = raises(lambda: nn.GroupNorm(24, 48))
found["dropout"] = raises(lambda: nn.Dropout(1.5))
found["smoothing"] = raises(lambda: F.cross_entropy(torch.randn(2, 3), torch.tensor([0, 1]), label_smoothing=1.5))
found["decay"] = raises(lambda: torch.optim.AdamW([nn.Parameter(torch.ones(1))], weight_decay=-0.1))

def unscale(update):
    scaler, model = torch.amp.GradScaler("cpu"), nn.Linear(2, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(2):
        scaler.scale(model(torch.ones(1, 2)).sum()).backward()
        scaler.unscale_(optimizer)
        if update:
            scaler.update()
found["unscale twice"] = raises(lambda: unscale(False))
found["unscale and update"] = raises(lambda: unscale(True))

model = nn.Linear(2, 1)
params = filter(lambda p: True, model.parameters())
torch.optim.SGD(params, lr=0.1)
(model(torch.ones(1, 2)) * 100).sum().backward()
found["norm of an iterator that is used up"] = float(nn.utils.clip_grad_norm_(params, 1.0))
found["norm of a list"] = float(nn.utils.clip_grad_norm_(list(model.parameters()), 0.0))
found["gradient after a bound of 0"] = float(model.weight.grad.abs().max())

p, q = torch.tensor([[0.1, 0.2, 0.7]]), torch.tensor([[0.3, 0.3, 0.4]])
found["divergence of probabilities"] = float(F.kl_div(p, q, reduction="batchmean"))
found["mean to batchmean"] = float(F.kl_div(p.log(), q, reduction="batchmean") / F.kl_div(p.log(), q))

def gradient(T):
    s = torch.tensor([[1.0, 2.0, 0.5]], requires_grad=True)
    F.kl_div(F.log_softmax(s / T, -1), F.softmax(torch.tensor([[0.0, 3.0, 1.0]]) / T, -1), reduction="batchmean").backward()
    return float(s.grad.norm())
found["gradient at T = 8 with the square"] = gradient(8) * 64 / gradient(1)
found["gradient at T = 8 without"] = gradient(8) / gradient(1)

x = torch.ones(1, 1000)
found["zeroed by F.dropout"] = int((F.dropout(x, 0.5) == 0).sum())
rnn = nn.LSTM(4, 4, dropout=0.5)
y = torch.randn(3, 1, 4)
found["dropout of one layer"] = float((rnn.train()(y)[0] - rnn.eval()(y)[0]).abs().max())
v = torch.ones(1, 1, 8, 8)
found["attention in evaluation"] = float((F.scaled_dot_product_attention(v, v, v, dropout_p=0.9) - v).abs().max())

model = nn.ModuleDict({"a": nn.Linear(2, 2, bias=False), "b": nn.Linear(2, 2, bias=False)})
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model["b"].weight = model["a"].weight
held = {id(p) for group in optimizer.param_groups for p in group["params"]}
found["orphans"] = len(held - {id(p) for p in model.parameters()})
layer = nn.Linear(3, 3)
before = {id(p) for p in layer.parameters()}
nn.utils.parametrizations.spectral_norm(layer)
found["spectral norm keeps the parameters"] = before == {id(p) for p in layer.parameters()}

encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, norm_first=True, batch_first=True), 6, enable_nested_tensor=False)
found["spread of pre-norm without a final norm"] = float(encoder.eval()(torch.randn(4, 5, 8) * 3).std(-1).mean())
net = nn.Sequential(nn.BatchNorm1d(4))
raw = torch.optim.swa_utils.AveragedModel(net)
whole = torch.optim.swa_utils.AveragedModel(net, use_buffers=True)
for _ in range(5):
    net(torch.randn(32, 4) + 10)
    raw.update_parameters(net)
    whole.update_parameters(net)
found["statistics are the raw model's"] = bool((raw.module[0].running_mean == net[0].running_mean).all())
found["statistics are averaged"] = bool((whole.module[0].running_mean != net[0].running_mean).all())
print(json.dumps(found))
`;

describeWith(['torch'], 'what the rules say of PyTorch', () => {
  it('is so', () => {
    const found = JSON.parse(runPython(claims)) as Record<string, unknown>;
    expect(found).toMatchObject({
      groups: expect.stringContaining('must be divisible') as string,
      'groups that divide': null,
      dropout: expect.stringContaining('between 0 and 1') as string,
      smoothing: expect.stringContaining('between 0') as string,
      decay: expect.stringContaining('weight_decay') as string,
      'unscale twice': expect.stringContaining('already been called') as string,
      'unscale and update': null,
      'norm of an iterator that is used up': 0,
      'gradient after a bound of 0': 0,
      'dropout of one layer': 0,
      orphans: 1,
      'spectral norm keeps the parameters': true,
      "statistics are the raw model's": true,
      'statistics are averaged': true,
    });
    const number = (name: string): number => found[name] as number;
    expect(number('norm of a list')).toBeGreaterThan(0);
    expect(number('divergence of probabilities')).toBeLessThan(0);
    expect(number('mean to batchmean')).toBeCloseTo(3, 4);
    expect(number('gradient at T = 8 without')).toBeLessThan(0.05);
    expect(number('gradient at T = 8 with the square')).toBeGreaterThan(0.3);
    expect(number('zeroed by F.dropout')).toBeGreaterThan(400);
    expect(number('attention in evaluation')).toBeGreaterThan(0.1);
    expect(number('spread of pre-norm without a final norm')).toBeGreaterThan(1.5);
  });
});

/** A training under a gradient scaler, which skips a batch in its way. */
const skipping = `
import torch
model = torch.nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
scaler = torch.amp.GradScaler("cpu")
for i in range(4):
    scaler.scale(model(torch.ones(1, 2)).sum()).backward()
    scaler.unscale_(optimizer)
    norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    if i < 2:
        continue
    scaler.step(optimizer)
    scaler.update()
print("trained")
`;

describeWith(['torch'], 'scripts with the fix of a rule, run by PyTorch', () => {
  it.each([
    ['FC117', skipping],
    ['FC410', 'from torch import nn\nprint(nn.GroupNorm(32, 48))\n'],
    ['FC303', 'from torch import nn\nprint(nn.Dropout(1.5))\n'],
    [
      'FC206',
      'import torch\nm = torch.nn.Linear(2, 2)\nprint(torch.optim.AdamW(m.parameters(), weight_decay=-0.1))\n',
    ],
    [
      'FC703',
      'import torch\nfrom torch import nn\nloss = nn.CrossEntropyLoss(label_smoothing=1.5)\nprint(loss(torch.randn(2, 3), torch.tensor([0, 1])))\n',
    ],
  ])('%s: what raised before runs', async (code, source) => {
    expect(() => runPython(source)).toThrow(/Python failed/);
    const fix = (await lintScript(source, 'train.py')).find((one) => one.code === code)?.fix;
    expect(fix).toBeDefined();
    expect(runPython(applyEdits(source, fix!.edits))).not.toBe('');
  });
});
