import { beforeAll, expect, it } from 'vitest';
import { runJobs } from './jobs';
import { describeWith } from './python';

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
`;
  const look =
    'result = [[name, p.ndim, round(p.detach().flatten()[0].item(), 6)] for name, p in model.named_parameters()]';
  const cases = [
    ['Adam', 'torch.optim.Adam(model.parameters(), lr=0.1)', 0.999],
    ['Adam with L2', 'torch.optim.Adam(model.parameters(), lr=0.1, weight_decay=1e-5)', 0.999],
    ['AdamW', 'torch.optim.AdamW(model.parameters(), lr=0.1, weight_decay=0.1)', 0.99],
    ['AdamW that is off', 'torch.optim.AdamW(params=model.parameters(), lr=0.1, weight_decay=0.0)', 0.999],
  ] as const;
  let results: Map<string, unknown>;
  beforeAll(async () => {
    results = await runJobs(
      cases.map(([name, build]) => ({ name, technique: 'weight-decay', script: script(build), look })),
    );
  }, 120_000);

  it.each(cases)('%s: with no gradient the matrices shrink and all else stays', (name, _build, left) => {
    const parameters = results.get(name) as [string, number, number][];
    expect(parameters.length).toBeGreaterThan(7);
    for (const [parameter, ndim, value] of parameters)
      expect([parameter, value]).toEqual([parameter, ndim >= 2 ? left : 1]);
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
result = [train, differs()]
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
  const script = (code: string): string => `import torch\nfrom torch import nn\n\n\n${code}\n`;
  let results: Map<string, unknown>;
  beforeAll(async () => {
    results = await runJobs(
      forms.flatMap(([name, code]) => [
        { name, technique: 'dropout', script: script(code), look: probe },
        { name: `${name}, as it is`, technique: null, script: script(code), look: probe },
      ]),
    );
  }, 120_000);

  it.each(forms)('in %s it is active in train and silent in eval', (name) => {
    expect(results.get(`${name}, as it is`)).toEqual([false, false]);
    expect(results.get(name)).toEqual([true, false]);
  });
});
