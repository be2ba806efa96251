import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { runJobs, type Job } from './jobs';
import { describeWith } from './python';

const data = `
import torch
from torch import nn
torch.manual_seed(0)
x = torch.randn(32, 3, 8, 8)
y = torch.randint(0, 4, (32,))
loader = [(x[:16], y[:16]), (x[16:], y[16:])]
val_loader = [(x[:16], y[:16])]
`;

const loop = `import torch
from torch import nn


def train(model, loader, criterion, optimizer):
    model.train()
    for x, y in loader:
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()


def validate(model, loader, criterion):
    model.eval()
    total = 0.0
    with torch.no_grad():
        for x, y in loader:
            total += criterion(model(x), y).item()
    return total / len(loader)


torch.manual_seed(0)
losses = []
model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(4 * 36, 4))
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 2)
history = []
for epoch in range(8):
    train(model, loader, criterion, optimizer)
    val_loss = validate(model, val_loader, criterion)
    history.append(val_loss)
    scheduler.step()
torch.save(model.state_dict(), path)
`;
const saved = `${data}import os, tempfile\npath = os.path.join(tempfile.mkdtemp(), "model.pt")\n`;

const images = `${data}
loader = [(x[:16].repeat(1, 1, 4, 4), y[:16]), (x[16:].repeat(1, 1, 4, 4), y[16:])]
`;
const mixed = `import torch
from torch import nn
from torchvision import datasets

model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Flatten(), nn.LazyLinear(4))
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
num_classes = dict(num_classes=4)
for i, (x, y) in enumerate(loader):
    x, y = x.to("cpu"), y.to("cpu")
    loss = criterion(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
sums, soft = y.sum(1), bool(((y > 0) & (y < 1)).any())
`;

const jobs: readonly Job[] = [
  {
    name: 'label smoothing',
    technique: 'label-smoothing',
    script: loop,
    before: saved,
    look: `
torch.manual_seed(0)
model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4), nn.Flatten(), nn.Linear(4 * 36, 4))
logp = torch.log_softmax(model(loader[0][0]), 1)
hard = -logp.gather(1, loader[0][1][:, None]).mean()
uniform = -logp.mean(1).mean()
result = [losses[0], (0.9 * hard + 0.1 * uniform).item(), criterion.label_smoothing, train_criterion.label_smoothing]`,
  },
  {
    name: 'early stopping',
    technique: 'early-stopping',
    script: loop
      .replace('range(8)', 'range(200)')
      .replace(
        'val_loss = validate(model, val_loader, criterion)',
        'val_loss = validate(model, val_loader, criterion)\n    seen.append(next(iter(model.parameters())).detach().clone())\n    val_loss = scripted[epoch] if epoch < len(scripted) else 9.0',
      ),
    before: `${saved}seen = []\nscripted = [3.0, 2.0, 1.0, 1.5, float("nan")]\n`,
    look: `
best = next(iter(model.parameters()))
stored = torch.load(path)
result = [len(seen), torch.equal(best, seen[2]), torch.equal(best, seen[-1]), torch.equal(next(iter(stored.values())), seen[2])]`,
  },
  {
    name: 'ema',
    technique: 'ema',
    script: loop
      .replace('def validate(model', 'def validate(net')
      .replace(/model\.eval\(\)|(?<=total \+= criterion\()model/g, (m) => m.replace('model', 'net')),
    before: `${saved}class Seen(list): pass\n`,
    look: `
stored = torch.load(path)
first = lambda m: next(iter(m.parameters())).detach()
torch.manual_seed(0)
start = nn.Conv2d(3, 4, 3).weight.detach()
lag = (first(ema_model.module) - start).norm().item() / (first(model) - start).norm().item()
result = [int(ema_model.n_averaged), lag, torch.equal(next(iter(stored.values())), first(ema_model.module)), sorted(stored) == sorted(model.state_dict()), ema_model.training, model.training]`,
  },
  {
    name: 'ema under accumulation',
    technique: 'ema',
    script: `import torch
from torch import nn

model = nn.Linear(4, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
scaler = torch.amp.GradScaler("cpu", enabled=False)
for i, (x, y) in enumerate(batches):
    loss = nn.functional.cross_entropy(model(x), y) / 4
    scaler.scale(loss).backward()
    if (i + 1) % 4 == 0:
        scaler.step(optimizer)
        scaler.update()
        optimizer.zero_grad()
        weights.append(model.weight.detach().clone())
`,
    before: `import torch\ntorch.manual_seed(0)\nweights = []\nbatches = [(torch.randn(8, 4), torch.randint(0, 2, (8,))) for _ in range(12)]\n`,
    look: `
expected = weights[0]
for w in weights[1:]: expected = 0.999 * expected + 0.001 * w
result = [int(ema_model.n_averaged), (ema_model.module.weight - expected).abs().max().item(), (ema_model.module.weight - weights[-1]).norm().item() > 0 and torch.equal(ema_model.module.weight, model.weight)]`,
  },
  {
    name: 'swa',
    technique: 'swa',
    script: loop.replace(
      '    scheduler.step()\n',
      '    scheduler.step()\n    ends.append([p.detach().clone() for p in model.parameters()])\n',
    ),
    before: `${saved}ends = []\n`,
    look: `
# Only the raw weights were evaluated, so that they are what is saved.
stored = next(iter(torch.load(path).values()))
mean = (ends[6][0] + ends[7][0]) / 2
average = next(iter(swa_model.module.state_dict().values()))
beside = next(iter(torch.load(path + ".swa_model.pt").values()))
result = [int(swa_model.n_averaged), (average - mean).abs().max().item(), (stored - ends[7][0]).abs().max().item(), swa_scheduler.optimizer.param_groups[0]["swa_lr"], torch.equal(average, beside)]`,
  },
  {
    name: 'batch norm',
    technique: 'batch-norm',
    script: `import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3)
        self.conv2 = nn.Conv2d(8, 16, 3)
        self.fc = nn.Linear(16, 4)

    def forward(self, x):
        x = self.conv1(x)
        x = F.relu(x)
        x = F.relu(F.max_pool2d(self.conv2(x), 2))
        return self.fc(x.mean((2, 3)))


stack = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Flatten(), nn.Linear(288, 4))
`,
    before: data,
    look: `
net = Net()
seen = []
net.bn1.register_forward_hook(lambda m, i, o: seen.append(o))
net(x * 100 + 7)
result = [seen[0].mean().abs().item(), seen[0].std().item(), [type(m).__name__ for m in stack]]`,
  },
  {
    name: 'SyncBatchNorm before DDP',
    technique: 'batch-norm',
    script: `import torch
import torch.nn as nn
from torch.nn.parallel import DistributedDataParallel as DDP

model = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU())
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model = DDP(model)
`,
    before: `import torch.nn.parallel\ntorch = __import__("torch")\ntorch.nn.parallel.DistributedDataParallel = lambda model: model\n`,
    look: `
kept = {id(p) for g in optimizer.param_groups for p in g["params"]}
result = [type(model[1]).__name__, all(id(p) in kept for p in model.parameters())]`,
  },
  {
    name: 'batch norm between sigmoids',
    technique: 'batch-norm',
    script: `import torch
from torch import nn

stack = nn.Sequential(
    nn.Linear(2, 32), nn.Sigmoid(),
    nn.Linear(32, 32), nn.Sigmoid(),
    nn.Linear(32, 32), nn.Sigmoid(),
    nn.Linear(32, 32), nn.Sigmoid(),
    nn.Linear(32, 32), nn.Sigmoid(),
    nn.Linear(32, 2),
)
criterion = nn.CrossEntropyLoss()
`,
    look: `
# Of what is in the input, how much is left behind all layers.
torch.manual_seed(0)
bare = nn.Sequential(*[m for m in stack if not isinstance(m, nn.BatchNorm1d)])
x = torch.randn(64, 2)
y = (x[:, 0] > 0).long()
gradients = []
for net in (bare, stack):
    net.zero_grad()
    criterion(net(x), y).backward()
    gradients.append(net[0].weight.grad.norm().item())
result = [len(stack) - len(bare), bare(x).std(0).max().item(), stack(x).std(0).max().item(), *gradients]`,
  },
  {
    name: 'layer norm',
    technique: 'layer-norm',
    script: `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc1 = nn.Linear(8, width)
        self.fc2 = nn.Linear(width, 2)

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(x)))
`,
    look: `
net = Net(64)
seen = []
net.ln1.register_forward_hook(lambda m, i, o: seen.append(o))
net(torch.randn(5, 8) * 100)
result = [seen[0].mean(1).abs().max().item(), seen[0].std(1, unbiased=False).mean().item()]`,
  },
  {
    name: 'RMSNorm',
    technique: 'rms-norm',
    script: 'import torch\nfrom torch import nn\n\nnorm = nn.LayerNorm(16)\n',
    look: 'out = norm(torch.randn(4, 16) * 50 + 9)\nresult = [type(norm).__name__, out.pow(2).mean(1).sqrt().mean().item(), norm.eps]',
  },
  {
    name: 'pre-norm',
    technique: 'pre-norm',
    script: `import torch
from torch import nn

layer = nn.TransformerEncoderLayer(d_model=16, nhead=2, batch_first=True)
encoder = nn.TransformerEncoder(layer, num_layers=3)
`,
    look: 'out = encoder(torch.randn(2, 5, 16) * 30)\nresult = [encoder.layers[0].norm_first, type(encoder.norm).__name__, out.std(-1, unbiased=False).mean().item()]',
  },
  {
    name: 'weight tying',
    technique: 'weight-tying',
    script: `import torch
from torch import nn


class Model(nn.Module):
    def __init__(self, vocabulary, width):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(32, width)
        self.head = nn.Linear(width, vocabulary, bias=False)

    def forward(self, tokens):
        return self.head(self.embedding(tokens))


model = Model(50, 8)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
`,
    look: `
model(torch.tensor([[1, 2]])).sum().backward()
optimizer.step()
result = [model.head.weight is model.embedding.weight, model.head.weight.data_ptr() == model.embedding.weight.data_ptr(), sum(len(g["params"]) for g in optimizer.param_groups)]`,
  },
  {
    name: 'spectral norm',
    technique: 'spectral-norm',
    script: `import torch
from torch import nn


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(3, 8, 3),
            nn.LeakyReLU(0.2),
            nn.Flatten(),
            nn.Linear(8 * 36, 1),
        )

    def forward(self, x):
        return self.net(x)


netD = Discriminator()
optimizerD = torch.optim.SGD(netD.parameters(), lr=5.0)
`,
    before: data,
    look: `
for _ in range(30):
    optimizerD.zero_grad()
    netD(x).mean().backward()
    optimizerD.step()
for _ in range(50): netD(x)
netD.eval()
result = [torch.linalg.matrix_norm(m.weight.flatten(1), 2).item() for m in netD.net if hasattr(m, "weight")]`,
  },
  {
    name: 'drop path',
    technique: 'drop-path',
    script: `import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.mlp = nn.Linear(width, width)

    def forward(self, x):
        return x + self.mlp(self.norm(x))


class Net(nn.Module):
    def __init__(self, depth=3):
        super().__init__()
        self.blocks = nn.ModuleList([Block(8) for _ in range(depth)])

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x
`,
    look: `
torch.manual_seed(0)
net = Net()
rates = [block.drop_path.p for block in net.blocks]
block = net.blocks[2]
block.drop_path.p = 0.5
x = torch.randn(400, 5, 8)
delta = (block(x) - x).flatten(1).norm(dim=1)
net.eval()
whole = (block(x) - x).flatten(1).norm(dim=1)
ratio = delta / whole
result = [rates, (delta == 0).float().mean().item(), ratio[delta > 0].mean().item(), (whole > 0).all().item()]`,
  },
  {
    name: 'stochastic depth by stages',
    technique: 'stochastic-depth',
    script: readFileSync('test/fixtures/python/residual-stages/before.py', 'utf8'),
    before: data,
    look: `
blocks = [m for m in model.modules() if isinstance(m, BasicBlock)]
rates = [round(b.drop_path.p, 4) for b in blocks]
model.eval(); whole = model(x)
for b in blocks: b.drop_path.p = 0.5
kept = torch.equal(model(x), whole)
model.train()
result = [rates, kept, torch.equal(model(x), model(x))]`,
  },
  {
    name: 'stochastic depth',
    technique: 'stochastic-depth',
    script: `import torch
import torchvision
from torch import nn


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        identity = x
        out = torch.relu(self.conv(x))
        out = out + identity
        return out


body = nn.Sequential(*[Residual(3) for i in range(4)])
`,
    before: data,
    look: `
rates = [round(block.drop_path.p, 4) for block in body]
block = body[3]
block.drop_path.p = 0.5
dropped = ((block(x) - x).flatten(1).norm(dim=1) == 0).float().mean().item()
body.eval()
result = [rates, 0 < dropped < 1, type(block.drop_path).__name__, ((block(x) - x).flatten(1).norm(dim=1) == 0).float().mean().item()]`,
  },
  {
    name: 'dropconnect',
    technique: 'dropconnect',
    script: `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(50, 40)
        self.b = nn.Linear(40, 2)

    def forward(self, x):
        return self.b(torch.relu(self.a(x)))


net = Net()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
`,
    look: `
torch.manual_seed(0)
zeros = (net.a.weight == 0).float().mean().item()
net(torch.randn(4, 50)).sum().backward()
grad = net.a.parametrizations.weight.original.grad is not None
optimizer.step()
net.eval()
result = [zeros, grad, (net.a.weight == 0).float().mean().item(), torch.equal(net.a.weight, net.a.parametrizations.weight.original)]`,
  },
  {
    name: 'lower learning rate',
    technique: 'lower-lr',
    script:
      'import torch\n\nmodel = torch.nn.Linear(2, 2)\noptimizer = torch.optim.Adam(\n    model.parameters(),\n    lr=3e-4,  # tuned\n)\n',
    look: 'result = optimizer.param_groups[0]["lr"]',
  },
  {
    name: 'longer warm-up',
    technique: 'longer-warmup',
    script:
      'import torch\n\nmodel = torch.nn.Linear(2, 2)\noptimizer = torch.optim.Adam(model.parameters(), lr=1.0)\nwarmup = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.1, total_iters=5)\n',
    look: `
rates = []
for _ in range(12):
    rates.append(optimizer.param_groups[0]["lr"]); optimizer.step(); warmup.step()
result = [rates[0], rates[5] < 1, rates[10]]`,
  },
  {
    name: 'distillation',
    technique: 'knowledge-distillation',
    script: `import torch
from torch import nn

model = nn.Linear(4, 3)
teacher = nn.Sequential(nn.Linear(4, 3), nn.Dropout(0.5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for x, y in batches:
    loss = nn.functional.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
    before: `import torch\ntorch.manual_seed(0)\nbatches = [(torch.randn(64, 4), torch.randint(0, 3, (64,))) for _ in range(3)]\n`,
    look: `
def norm(T):
    s = torch.randn(64, 3, generator=torch.Generator().manual_seed(1), requires_grad=True)
    t = torch.randn(64, 3, generator=torch.Generator().manual_seed(2))
    distillation_loss(s, t, batches[0][1], temperature=T, alpha=0.0).backward()
    return s.grad.norm().item()
s, t, y = torch.randn(8, 3), torch.randn(8, 3), torch.randint(0, 3, (8,))
p, q = (t / 2).softmax(1), (s / 2).softmax(1)
right = 0.5 * nn.functional.cross_entropy(s, y) + 0.5 * 4 * (p * (p / q).log()).sum(1).mean()
result = [norm(1.0), norm(8.0), (distillation_loss(s, t, y) - right).abs().item(), teacher.training, all(p.grad is None for p in teacher.parameters())]`,
  },
  {
    name: 'a wrong distillation loss',
    technique: 'knowledge-distillation',
    script: `import torch.nn.functional as F


def kd(student_logits, teacher_logits, T):
    return F.kl_div(F.softmax(student_logits / T, dim=1), F.softmax(teacher_logits / T, dim=1))
`,
    look: `
import torch
torch.manual_seed(0)
s, t = torch.randn(8, 3), torch.randn(8, 3)
p, q = (t / 4).softmax(1), (s / 4).softmax(1)
result = [(kd(s, t, 4.0) - 16 * (p * (p / q).log()).sum(1).mean()).abs().item(), kd(s, s, 4.0).abs().item()]`,
  },
  {
    name: 'mixup',
    technique: 'mixup',
    script: mixed,
    before: images,
    look: 'result = [sums.min().item(), sums.max().item(), soft, float(loss) > 0]',
  },
  {
    name: 'cutmix',
    technique: 'cutmix',
    script: mixed,
    before: images,
    look: 'result = [sums.min().item(), sums.max().item(), soft, float(loss) > 0]',
  },
  {
    name: 'augmentation',
    technique: 'data-augmentation',
    script: `import torch
from torchvision import datasets, transforms

transform = transforms.Compose([
    transforms.ToTensor(),
    transforms.Normalize((0.5,), (0.5,)),
])
train_set = datasets.CIFAR10("data", train=True, transform=transform)
test_set = datasets.CIFAR10("data", train=False, transform=transform)
`,
    before: `
import random, torch
from torchvision import datasets
class Images:
    def __init__(self, root, train, transform):
        self.transform = transform
    def __getitem__(self, i):
        from PIL import Image
        import numpy
        return self.transform(Image.fromarray(numpy.arange(3072, dtype="uint8").reshape(32, 32, 3)))
datasets.CIFAR10 = Images
`,
    look: `
differs = lambda data: any(not torch.equal(data[0], data[0]) for _ in range(8))
result = [differs(train_set), differs(test_set), list(train_set[0].shape)]`,
  },
  {
    name: "timm's average",
    technique: 'ema',
    script: `import timm
import torch

model = torch.nn.Linear(4, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
for x, y in batches:
    loss = torch.nn.functional.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    weights.append(model.weight.detach().clone())
`,
    before: `import torch\nweights = []\nbatches = [(torch.randn(8, 4), torch.randint(0, 2, (8,))) for _ in range(3)]\n`,
    look: `
start = ema_model.module.weight
result = [type(ema_model).__name__, 0 < (start - weights[-1]).norm().item() and torch.equal(start, model.weight)]`,
  },
  {
    name: "timm's drop path",
    technique: 'drop-path',
    script: 'import timm\n\nmodel = timm.create_model("vit_tiny_patch16_224", num_classes=3, depth=3)\n',
    look: 'result = [round(getattr(block.drop_path1, "drop_prob", 0.0) or 0.0, 4) for block in model.blocks]',
  },
];

describeWith(['torch', 'torchvision', 'timm'], 'techniques written into PyTorch scripts, observed', () => {
  let results: Map<string, unknown>;
  beforeAll(async () => {
    results = await runJobs(jobs);
  }, 120_000);
  const of = <T>(name: string): T => {
    const result = results.get(name);
    if (typeof result === 'string' && result.startsWith('failed')) throw new Error(result);
    return result as T;
  };

  it('label smoothing: the training loss is the smoothed one, the validation loss is not', () => {
    const [loss, expected, plain, smoothed] = of<number[]>('label smoothing');
    expect(loss).toBeCloseTo(expected!, 5);
    expect([plain, smoothed]).toEqual([0, 0.1]);
  });

  it('early stopping: it ends five checks after the best, with the best weights, which are saved', () => {
    expect(of('early stopping')).toEqual([8, true, false, true]);
  });

  it('ema: the average lags, is evaluated and saved', () => {
    const [count, lag, saved, sameKeys, averaging, training] =
      of<[number, number, boolean, boolean, boolean, boolean]>('ema');
    expect(count).toBe(16);
    expect(lag).toBeLessThan(0.9);
    expect([saved, sameKeys]).toEqual([true, true]);
    // The validation switches the average, and leaves the model that trains alone.
    expect([averaging, training]).toEqual([false, true]);
  });

  it('ema: one update an optimizer step, not one a batch', () => {
    const [count, difference, lags] = of<[number, number, boolean]>('ema under accumulation');
    expect(count).toBe(3);
    expect(difference).toBeLessThan(1e-6);
    expect(lags).toBe(true);
  });

  it('swa: the mean of the last quarter, at a constant rate', () => {
    const [count, difference, stored, swaLr, beside] = of<[number, number, number, number, boolean]>('swa');
    expect(beside).toBe(true);
    expect(count).toBe(2);
    expect(difference).toBeLessThan(1e-6);
    expect(stored).toBe(0);
    expect(swaLr).toBe(0.05);
  });

  it('batch norm: what follows a convolution has mean 0 and deviation 1', () => {
    const [mean, deviation, layers] = of<[number, number, string[]]>('batch norm');
    expect(mean).toBeLessThan(1e-4);
    expect(deviation).toBeCloseTo(1, 2);
    expect(layers).toEqual(['Conv2d', 'BatchNorm2d', 'ReLU', 'Flatten', 'Linear']);
  });

  it('SyncBatchNorm: converted before DDP, with the parameters that the optimizer has', () => {
    expect(of('SyncBatchNorm before DDP')).toEqual(['SyncBatchNorm', true]);
  });

  it('batch norm between sigmoids: examples differ behind all layers, and gradients come through', () => {
    const [norms, spread, normed, gradient, after] = of<number[]>('batch norm between sigmoids');
    expect(norms).toBe(5);
    expect(spread).toBeLessThan(1e-3);
    expect(normed).toBeGreaterThan(0.1);
    expect(after! / gradient!).toBeGreaterThan(100);
  });

  it('layer norm: each sample has mean 0 and deviation 1', () => {
    const [mean, deviation] = of<number[]>('layer norm');
    expect(mean).toBeLessThan(1e-4);
    expect(deviation).toBeCloseTo(1, 2);
  });

  it('RMSNorm: the root mean square is 1, and eps stays', () => {
    const [name, rms, eps] = of<[string, number, number]>('RMSNorm');
    expect(name).toBe('RMSNorm');
    expect(rms).toBeCloseTo(1, 3);
    expect(eps).toBeCloseTo(1e-5, 9);
  });

  it('pre-norm: norm_first in the layers, and a final norm', () => {
    const [first, final, deviation] = of<[boolean, string, number]>('pre-norm');
    expect([first, final]).toEqual([true, 'LayerNorm']);
    expect(deviation).toBeCloseTo(1, 3);
  });

  it('weight tying: one tensor, once in the optimizer', () => {
    expect(of('weight tying')).toEqual([true, true, 2]);
  });

  it('spectral norm: the largest singular value of each layer is 1', () => {
    const values = of<number[]>('spectral norm');
    expect(values).toHaveLength(2);
    for (const value of values) expect(value).toBeCloseTo(1, 1);
  });

  it('drop path: rates rise linearly, whole samples are dropped, the rest is scaled up, none in evaluation', () => {
    const [rates, dropped, scale, all] = of<[number[], number, number, boolean]>('drop path');
    expect(rates).toEqual([0, 0.05, 0.1]);
    expect(dropped).toBeGreaterThan(0.4);
    expect(dropped).toBeLessThan(0.6);
    expect(scale).toBeCloseTo(2, 2);
    expect(all).toBe(true);
  });

  it('stochastic depth: rates that rise over blocks of several stages, in training only', () => {
    expect(of('stochastic depth by stages')).toEqual([[0, 0.1], true, false]);
  });

  it('stochastic depth: by torchvision, in the branch', () => {
    expect(of('stochastic depth')).toEqual([[0, 0.0333, 0.0667, 0.1], true, 'StochasticDepth', 0]);
  });

  it('dropconnect: weights are zero in training only, and learn', () => {
    const [zeros, learns, inEval, same] = of<[number, boolean, number, boolean]>('dropconnect');
    expect(zeros).toBeGreaterThan(0.17);
    expect(zeros).toBeLessThan(0.23);
    expect([learns, inEval, same]).toEqual([true, 0, true]);
  });

  it('learning rate: a tenth', () => expect(of('lower learning rate')).toBeCloseTo(3e-5, 9));

  it('warm-up: twice as long', () => {
    const [first, atFive, atTen] = of<[number, boolean, number]>('longer warm-up');
    expect(first).toBeCloseTo(0.1, 5);
    expect(atFive).toBe(true);
    expect(atTen).toBeCloseTo(1, 5);
  });

  it('distillation: the right value, gradients of one scale at any temperature, a silent teacher', () => {
    const [cold, hot, difference, training, untouched] =
      of<[number, number, number, boolean, boolean]>('distillation');
    expect(hot / cold).toBeGreaterThan(0.5);
    expect(hot / cold).toBeLessThan(2);
    expect(difference).toBeLessThan(1e-5);
    expect([training, untouched]).toEqual([false, true]);
  });

  it('a wrong distillation loss: corrected to the true divergence', () => {
    const [difference, ofItself] = of<number[]>('a wrong distillation loss');
    expect(difference).toBeLessThan(1e-5);
    expect(ofItself).toBeLessThan(1e-6);
  });

  it.each(['mixup', 'cutmix'])(
    '%s: the labels are probabilities that sum to one, and the loss takes them',
    (name) => {
      const [least, most, soft, learns] = of<[number, number, boolean, boolean]>(name);
      expect(least).toBeCloseTo(1, 5);
      expect(most).toBeCloseTo(1, 5);
      expect([soft, learns]).toEqual([true, true]);
    },
  );

  it('augmentation: the training images change, the test images do not', () => {
    expect(of('augmentation')).toEqual([true, false, [3, 32, 32]]);
  });

  it("timm's average and drop path", () => {
    expect(of("timm's average")).toEqual(['ModelEmaV3', true]);
    expect(of("timm's drop path")).toEqual([0, 0.05, 0.1]);
  });
});
