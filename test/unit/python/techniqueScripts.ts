/** Pieces of PyTorch scripts, from which the tests on techniques put theirs together. */
export const torch = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';
export const step = 'optimizer.zero_grad()\n    loss.backward()\n    optimizer.step()\n';
export const loop = (loss: string, before = ''): string =>
  `${torch}${before}optimizer = torch.optim.SGD(model.parameters(), lr=0.1)\nfor x, y in loader:\n    loss = ${loss}\n    ${step}`;
export const epochs = (body: string, before = ''): string =>
  `${torch}${before}optimizer = torch.optim.SGD(model.parameters(), lr=0.1)\nfor epoch in range(20):\n    model.train()\n    for x, y in loader:\n        loss = F.cross_entropy(model(x), y)\n        ${step.replaceAll('\n    ', '\n        ')}${body}`;
export const network = (name: string, init: string, forward: string): string =>
  `${torch}\n\nclass ${name}(nn.Module):\n    def __init__(self):\n        super().__init__()\n${init
    .split('\n')
    .map((line) => `        ${line}\n`)
    .join('')}\n    def forward(self, x):\n        return ${forward}\n`;
/** A loop over functions that see one model, with a use of it after the evaluation. */
export const sampled = (use: string): string =>
  `${torch}model = VAE()\noptimizer = torch.optim.Adam(model.parameters(), lr=1e-3)\n\n\ndef train(epoch):\n    model.train()\n    for x in loader:\n        loss = loss_of(*model(x))\n        ${step.replaceAll('\n    ', '\n        ')}\n\ndef test(epoch):\n    model.eval()\n    with torch.no_grad():\n        for x in test_loader:\n            print(loss_of(*model(x)))\n\n\nfor epoch in range(20):\n    train(epoch)\n    test(epoch)\n    ${use}\n`;
export const transform =
  'from torchvision import datasets, transforms\n\nt = transforms.Compose([transforms.ToTensor()])\n';
