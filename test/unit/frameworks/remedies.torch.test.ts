import { expect, it } from 'vitest';
import { planRemedy } from '../../../src/python/plan';
import type { TechniqueId } from '../../../src/remedies/remedy';
import { applyEdits } from '../../../src/remedies/textEdit';
import { describeWith, runPython } from './python';

async function edited(source: string, technique: TechniqueId): Promise<string> {
  const plan = await planRemedy(source, technique);
  if (!plan.applicable) throw new Error(plan.reason);
  return applyEdits(source, plan.edits);
}

describeWith(['torch'], 'weight decay, observed in the weights', () => {
  const script = (build: string): string => `
import torch
from torch import nn
model = nn.Sequential(nn.Linear(4, 4), nn.LayerNorm(4), nn.PReLU(), nn.LSTM(4, 4))
for p in model.parameters():
    nn.init.ones_(p)
opt = ${build}
for p in model.parameters():
    p.grad = torch.zeros_like(p)
opt.step()
for name, p in model.named_parameters():
    print(name, p.ndim, round(p.detach().flatten()[0].item(), 6))
`;
  it.each([
    ['Adam', 'torch.optim.Adam(model.parameters(), lr=0.1)', 0.999],
    ['Adam with L2', 'torch.optim.Adam(model.parameters(), lr=0.1, weight_decay=1e-5)', 0.999],
    ['AdamW', 'torch.optim.AdamW(model.parameters(), lr=0.1, weight_decay=0.1)', 0.99],
    ['AdamW that is off', 'torch.optim.AdamW(params=model.parameters(), lr=0.1, weight_decay=0.0)', 0.999],
  ])('%s: with no gradient the matrices shrink and all else stays', async (_name, build, left) => {
    const lines = runPython(await edited(script(build), 'weight-decay'))
      .trim()
      .split('\n');
    expect(lines.length).toBeGreaterThan(7);
    for (const line of lines) {
      const [name, ndim, value] = line.split(' ');
      expect([name, Number(value)]).toEqual([name, Number(ndim) >= 2 ? left : 1]);
    }
  });
});

describeWith(['torch'], 'dropout, observed in the outputs', () => {
  const probe = `
net = Net()
x = torch.randn(3, 8)
differs = lambda: any(not torch.equal(net(x), net(x)) for _ in range(8))
net.train()
train = differs()
net.eval()
print(train, differs(), sorted(net.state_dict()) and True)
`;
  const forms: readonly (readonly [string, string])[] = [
    [
      'an assignment in forward',
      `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(8, 64)
        self.b = nn.Linear(64, 2)

    def forward(self, x):
        x = torch.relu(self.a(x))
        return self.b(x)`,
    ],
    [
      'nested calls with a layer norm',
      `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.act = nn.GELU()
        self.norm = nn.LayerNorm(64)
        self.a = nn.Linear(8, 64)
        self.b = nn.Linear(64, 2)

    def forward(self, x):
        return self.b(self.act(self.norm(self.a(x))))`,
    ],
    [
      'a sequence',
      `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(8, 64),
            nn.BatchNorm1d(64),
            nn.ReLU(),
            nn.Linear(64, 2),
        )

    def forward(self, x):
        return self.net(x)`,
    ],
    [
      'a recurrent network of two layers',
      `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(8, 32, num_layers=2)
        self.out = nn.Linear(32, 2)

    def forward(self, x):
        out, _ = self.rnn(x)
        return self.out(out)`,
    ],
    [
      'convolutions and one linear layer',
      `class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(1, 16, 3)
        self.fc = nn.Linear(16, 2)

    def forward(self, x):
        x = torch.relu(self.conv(x[:, None]))
        x = x.mean(2)
        return self.fc(x)`,
    ],
  ];
  it.each(forms)('in %s it is active in train and silent in eval', async (_name, code) => {
    const source = `import torch\nfrom torch import nn\n\n\n${code}\n\n${probe}`;
    expect(runPython(source).trim()).toBe('False False True');
    expect(runPython(await edited(source, 'dropout')).trim()).toBe('True False True');
  });
});
