import { describe, expect, it } from 'vitest';
import { planRemedy } from '../../../src/python/plan';
import type { TechniqueId } from '../../../src/remedies/remedy';
import { fixed, refusal } from './plans';

const torch = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';
const loop = (made: string): string =>
  `${torch}${made}\nfor x, y in loader:\n    loss = F.mse_loss(net(x), y)\n    loss.backward()\n    optimizer.step()\n`;
const pair =
  `${torch}class Generator(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Conv2d(1, 2, 3)\n    def forward(self, x):\n        return self.a(x)\n` +
  'optimizer_G = torch.optim.Adam(gen.parameters())\noptimizer_D = torch.optim.Adam(disc.parameters())\n';

/** What a reader of the script can check: each reason must be true of it. */
const reasons: readonly (readonly [TechniqueId, string, string, RegExp])[] = [
  [
    'weight-decay',
    'a class that a variable holds, with decay',
    loop('kind = torch.optim.AdamW\noptimizer = kind(net.parameters(), lr=1e-3, weight_decay=flags.decay)'),
    /line 5 gets its weight decay already: weight_decay=flags\.decay/,
  ],
  [
    'weight-decay',
    'an optimizer from a factory',
    loop('optimizer = make_optimizer(flags, net)'),
    /line 4 is made by make_optimizer: set the weight decay there/,
  ],
  [
    'lower-lr',
    'an optimizer from a factory',
    loop('optimizer = make_optimizer(flags, net)'),
    /line 4 is made by make_optimizer: make the learning rate/,
  ],
  [
    'weight-decay',
    'options that are called opt',
    `${torch}opt = Options(sys.argv).parse()\nlr = 0.1\n`,
    /no optimizer is built here/,
  ],
  ['dropout', 'two networks against each other', pair, /a GAN/],
  ['dropconnect', 'two networks against each other', pair, /a GAN: dropping weights/],
  [
    'dropout',
    'a field whose layers are in a list',
    `${torch}class NeRF(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.layers = nn.ModuleList([nn.Linear(3, 8), nn.Linear(8, 4)])\n    def forward(self, x):\n        for layer in self.layers:\n            x = F.relu(layer(x))\n        return x\n`,
    /function of coordinates/,
  ],
  [
    'label-smoothing',
    'a U-Net that denoises',
    `${torch}class UNet(nn.Module):\n    pass\ndef loss_of(diffusion_model, x):\n    return F.mse_loss(diffusion_model(x), noise)\n`,
    /diffusion model/,
  ],
  [
    'gradient-clipping',
    'a step in two parts',
    `${torch}for x, y in loader:\n    net(x).sum().backward()\n    optimizer.first_step()\n    net(x).sum().backward()\n    optimizer.second_step()\n`,
    /sharpness-aware.*optimizer\.second_step\(\) in line 8/,
  ],
  [
    'gradient-clipping',
    'a scaler that steps',
    `${torch}for x, y in loader:\n    loss_scaler(net(x).sum(), optimizer, parameters=net.parameters())\n`,
    /loss_scaler\(\) in line 5 goes backward and steps/,
  ],
  [
    'layer-norm',
    'an embedding of the time',
    `${torch}time_mlp = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 8))\n`,
    /time_mlp is .* where a norm is not usual/,
  ],
  [
    'data-augmentation',
    'a folder of the name of a library',
    `${torch}import datasets\ntrain = datasets.build('coco')\n`,
    /no image transform/,
  ],
  [
    'data-augmentation',
    'the library itself',
    `${torch}import datasets\ntrain = datasets.load_dataset('imdb')\n`,
    /^text:/,
  ],
  [
    'gradient-clipping',
    'a DeepSpeed config that a function gives',
    `${torch}import deepspeed\ndef settings():\n    return {'gradient_clipping': 0.5}\nengine, _, _, _ = deepspeed.initialize(model=net, config=settings())\n`,
    /clipped already: 'gradient_clipping': 0\.5 in line 6/,
  ],
  [
    'gradient-clipping',
    'an optimizer that goes backward itself',
    `${torch}class T:\n    def fit(self):\n        for x in self.data:\n            self.optim.backward(self.net(x).sum())\n            self.optim.step()\n`,
    /line 8: the optimizer scales the loss and goes backward itself/,
  ],
  [
    'gradient-clipping',
    'a minimize() of TensorFlow 1',
    'import tensorflow as tf\noptimizer = tf.train.AdamOptimizer(1e-3)\ntrain_op = optimizer.minimize(loss)\n',
    /optimizer\.minimize\(\) in line 3 .* compute_gradients/,
  ],
  [
    'ema',
    'a model that is named anew where it is evaluated',
    `${torch}net = make()\noptimizer = torch.optim.Adam(net.parameters())\nfor x, y in loader:\n    net(x).sum().backward()\n    optimizer.step()\n    net = net.eval()\n    net(x)\n    net.train()\n`,
    /net is given its name anew in line 9/,
  ],
  [
    'gradient-clipping',
    'a check of SpeechBrain that clips',
    `${torch}import speechbrain as sb\nclass B(sb.Brain):\n    def fit_batch(self, batch):\n        self.loss_of(batch).backward()\n        if self.check_gradients(loss):\n            self.optimizer.step()\n`,
    /clipped already in line 8/,
  ],
  [
    'gradient-clipping',
    'the other branch of an optimizer in backward',
    `${torch}class R:\n    def train(self):\n        if not self.optimizer_in_bwd:\n            loss.backward()\n            torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1)\n            self.optimizer.step()\n    def __init__(self, flags):\n        self.optimizer_in_bwd = flags.fused\n`,
    /clipped already in line 8/,
  ],
  [
    'gradient-clipping',
    'a Trainer of Lightning from the command line',
    'import pytorch_lightning as pl\ntrainer = pl.Trainer.from_argparse_args(args)\ntrainer.fit(model)\n',
    /Lightning: set gradient_clip_val=1\.0/,
  ],
  [
    'early-stopping',
    'a Trainer of Lightning from the command line',
    'import pytorch_lightning as pl\ntrainer = pl.Trainer.from_argparse_args(args)\ntrainer.fit(model)\n',
    /callback EarlyStopping/,
  ],
  [
    'early-stopping',
    'a loop that a config rules',
    `${torch}import mmengine\nfor epoch in range(9):\n    train_one_epoch(net)\n`,
    /EarlyStoppingHook/,
  ],
  [
    'dropout',
    'a layer of a library that drops its features',
    `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = graph.GATConv(4, 8, feat_drop=0.6)\n    def forward(self, g, x):\n        return self.a(g, x)\n`,
    /in place already \(line 7, feat_drop=0\.6\)/,
  ],
  [
    'weight-decay',
    'adapters that decay by default',
    `${torch}from peft import get_peft_model\nmodel = get_peft_model(base, config)\noptimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)\n`,
    /AdamW decays the weights by 0\.01 already/,
  ],
  [
    'early-stopping',
    'a learner of fastai',
    'from fastai.vision.all import *\nlearn = vision_learner(dls, resnet34)\nlearn.fine_tune(1)\n',
    /fastai: give its fit cbs=\[EarlyStoppingCallback/,
  ],
  [
    'mixup',
    'a learner of fastai that mixes',
    'from fastai.vision.all import *\nlearn = vision_learner(dls, resnet34, cbs=MixUp())\n',
    /mixed already/,
  ],
  [
    'data-augmentation',
    'data loaders of fastai that change images',
    'from fastai.vision.all import *\ndls = block.dataloaders(path, batch_tfms=aug_transforms())\nlearn = vision_learner(dls, resnet34)\n',
    /changed at random already/,
  ],
  [
    'data-augmentation',
    'a translation whose data sklearn splits',
    'import tensorflow as tf\nfrom sklearn.model_selection import train_test_split\nlayer = tf.keras.layers.Embedding(9, 4)\n',
    /no image transform/,
  ],
  [
    'dropout',
    'layers in a list',
    'import mlx.nn as nn\nclass MLP(nn.Module):\n    def __init__(self, sizes):\n        super().__init__()\n        self.layers = [nn.Linear(a, b) for a, b in sizes]\n    def __call__(self, x):\n        for layer in self.layers:\n            x = nn.relu(layer(x))\n        return x\n',
    /layers of MLP are kept in a list/,
  ],
  [
    'weight-decay',
    'weights that shrink by hand',
    `${torch}optimizer = torch.optim.Adam(net.parameters())\nfor p in net.parameters():\n    p.data = (1 - wd) * p.data\n`,
    /shrink by hand already, in line 6/,
  ],
  [
    'weight-decay',
    'an autoencoder beside what judges it',
    `${torch}opt_ae = torch.optim.Adam(ae.parameters())\nopt_disc = torch.optim.Adam(loss.discriminator.parameters())\n`,
    /a GAN/,
  ],
  [
    'weight-decay',
    'a class of the project that is given a decay',
    `${torch}from .mine import SGD\noptimizer = SGD(groups, weight_decay=flags.decay)\n`,
    /SGD in line 5 gets its weight decay already/,
  ],
  [
    'weight-decay',
    'the name of an optimizer beside its making',
    `${torch}optim_type = settings['optim'].pop('type')\noptimizer = get_optimizer(optim_type, net.parameters())\n`,
    /line 5 is made by get_optimizer/,
  ],
  [
    'lower-lr',
    'a class of the project that is given groups only',
    `${torch}from .mine import SGD\noptimizer = SGD(param_groups, **flags)\n`,
    /more arguments from elsewhere|is not given here/,
  ],
  [
    'gradient-clipping',
    'a trainer of Ignite',
    `${torch}from ignite.engine import create_supervised_trainer\ntrainer = create_supervised_trainer(net, optimizer, F.mse_loss)\n`,
    /Ignite: create_supervised_trainer\(\) steps by itself/,
  ],
  [
    'data-augmentation',
    'images that albumentations changes',
    `${torch}import pandas as pd\nimport albumentations as A\nt = A.Compose([A.HorizontalFlip()])\n`,
    /albumentations changes the images/,
  ],
  [
    'lower-lr',
    'an optimizer in a schedule of ones own',
    `${torch}from .schedule import ScheduledOptim\nadam = torch.optim.Adam(net.parameters(), lr=1e-3)\noptimizer = ScheduledOptim(adam, 512, 4000)\n`,
    /ScheduledOptim sets the learning rate at each step/,
  ],
  [
    'lower-lr',
    'an optimizer that is made within such a schedule',
    `${torch}from .schedule import NoamOpt\noptimizer = NoamOpt(512, 1, 400, torch.optim.Adam(net.parameters(), lr=0))\n`,
    /NoamOpt sets the learning rate at each step/,
  ],
  [
    'label-smoothing',
    'pseudo-labels',
    `${loop('optimizer = torch.optim.SGD(net.parameters(), lr=0.1)').replace('mse_loss', 'cross_entropy')}pseudo_label = net(z).argmax(1)\n`,
    /pseudo-labels/,
  ],
  [
    'label-smoothing',
    'a recurrent model of characters from elsewhere',
    `${torch}from model import *\nnet = CharRNN(9, 4, 9)\ncriterion = nn.CrossEntropyLoss()\nfor x, y in loader:\n    criterion(net(x), y).backward()\n    optimizer.step()\n`,
    /a language model/,
  ],
  [
    'lower-lr',
    'groups behind a name that have rates of their own',
    loop(
      "groups = [{'params': net.parameters(), 'lr': flags.lr}]\noptimizer = torch.optim.Adam(groups, weight_decay=flags.decay)",
    ),
    /have rates of their own/,
  ],
  [
    'weight-decay',
    'groups that all decay by the setting of the optimizer',
    loop(
      "groups = [{'params': net.parameters(), 'lr': flags.lr}]\noptimizer = torch.optim.Adam(groups, weight_decay=flags.decay)",
    ),
    /decays all its groups by flags\.decay already|set weight decay already/,
  ],
  [
    'data-augmentation',
    'a detector that is called after the retina',
    `${torch}from retinanet import model\nnet = model.make()\n`,
    /no image transform/,
  ],
  [
    'batch-norm',
    'a vision transformer in DDP',
    `${torch}import timm\nimport models_vit\nnet = models_vit.make()\nnet = nn.parallel.DistributedDataParallel(net)\n`,
    /no DDP wraps one with batch norm/,
  ],
  [
    'batch-norm',
    'a method that shuffles its batches instead',
    `${torch}import torchvision.models\nimport moco.builder\nnet = moco.builder.MoCo(torchvision.models.resnet50)\nnet = nn.parallel.DistributedDataParallel(net)\n`,
    /MoCo shuffles its batches/,
  ],
  [
    'mixup',
    'a contrastive loss',
    `${loop('import torchvision\noptimizer = torch.optim.SGD(net.parameters(), lr=0.1)').replace('mse_loss', 'cross_entropy')}temperature = 0.1\ncontrastive = True\n`,
    /contrastive loss/,
  ],
  [
    'mixup',
    'an engine that steps',
    `${torch}import deepspeed\nengine, _, _, _ = deepspeed.initialize(model=net)\nfor x, y in loader:\n    engine.backward(F.cross_entropy(engine(x), y))\n    engine.step()\n`,
    /DeepSpeed engine takes the steps/,
  ],
  [
    'early-stopping',
    'a loop over batches, with pieces of them in the inner one',
    `${torch}for k, batch in enumerate(batches):\n    for j in range(0, 10, 5):\n        net(batch[j:]).sum().backward()\n        optimizer.step()\n`,
    /no loop over epochs/,
  ],
  [
    'early-stopping',
    'a loop over batches with a comment on epochs',
    `${torch}def one(net, loader, optimizer):\n    for x in loader:\n        # the rate changes within an epoch, too\n        scaler(net(x), optimizer)\n        train_log(x)\n`,
    /no loop over epochs/,
  ],
];

describe('a reason', () => {
  it.each(reasons)('%s: %s', async (technique, _name, source, reason) => {
    expect(await refusal(source, technique)).toMatch(reason);
  });
});

it('lowers the rate that an unknown class is given', async () => {
  const text = await fixed(loop('optimizer = SAM(net.parameters(), torch.optim.SGD, lr=0.1)'), 'lower-lr');
  expect(text).toContain('SAM(net.parameters(), torch.optim.SGD, lr=0.01)  # was 0.1');
});

it('normalises a network whose copy starts from its weights', async () => {
  const source = `${torch}class Q(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc1 = nn.Linear(4, 8)\n        self.fc2 = nn.Linear(8, 2)\n    def forward(self, x):\n        return self.fc2(F.relu(self.fc1(x)))\nq, target = Q(), Q()\ntarget.load_state_dict(q.state_dict())\n`;
  expect(await fixed(source, 'layer-norm')).toContain('F.relu(self.ln1(self.fc1(x)))');
});

it('leaves out weights where a product is only a number of features', async () => {
  const source = `${torch}class Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Linear(4 * 4, 8)\n        self.b = nn.Linear(8, 2)\n    def forward(self, x):\n        x = x.view(-1, 4 * x.size(2))\n        return self.b(F.relu(self.a(x)))\n`;
  expect(await fixed(source, 'dropconnect')).toContain(
    'register_parametrization(self.a, "weight", nn.Dropout(0.2))',
  );
});

it('drops less of feature maps than of a fully connected layer', async () => {
  const source =
    'import torch\nclass UNet(torch.nn.Module):\n    def __init__(self, drop_prob):\n        super().__init__()\n        self.a = torch.nn.Conv2d(1, 2, 3)\nnet = UNet(drop_prob=0.0)\n';
  expect(await fixed(source, 'dropout')).toContain('UNet(drop_prob=0.2)');
});

describe('an edit of Keras', () => {
  const dense =
    'import keras\nfrom keras import layers\nx = layers.Dense(8, activation="relu")(keras.Input((4,)))\ny = layers.Dense(2)(x)\nmodel = keras.Model(i, y)\n';

  it('speaks of modes as Keras has them', async () => {
    const plan = await planRemedy(dense, 'dropout');
    expect(plan).toMatchObject({ applicable: true });
    expect(JSON.stringify(plan)).toContain('training=True');
    expect(JSON.stringify(plan)).not.toContain('model.eval()');
  });

  it('puts an argument under the others of a line that begins with one', async () => {
    const source =
      'import keras\noptimizer = keras.optimizers.AdamW(\n    learning_rate=rate, weight_decay=decay\n)\n';
    expect(await fixed(source, 'gradient-clipping')).toContain(
      '    learning_rate=rate, weight_decay=decay,\n    global_clipnorm=1.0\n)',
    );
  });

  it('is named after what it does where the decay is there', async () => {
    const source =
      'import keras\noptimizer = keras.optimizers.AdamW(\n    learning_rate=rate, weight_decay=decay\n)\n';
    expect(await planRemedy(source, 'weight-decay')).toMatchObject({
      title: 'Keep biases and norm parameters out of the weight decay of `AdamW`',
    });
  });
});

describe('a decay that a name stands for', () => {
  const made = (kind: string, preset: string): string =>
    `${torch}def make(net, weight_decay=${preset}):\n    return torch.optim.${kind}(net.parameters(), lr=0.1, weight_decay=weight_decay)\n`;

  it('is switched on where it is zero, or too little', async () => {
    expect(await fixed(made('AdamW', '0.0'), 'weight-decay')).toContain('def make(net, weight_decay=0.01)');
    expect(await fixed(made('Adam', '1e-6'), 'weight-decay')).toContain('def make(net, weight_decay=0.01)');
    expect(await fixed(made('SGD', '0'), 'weight-decay')).toContain('def make(net, weight_decay=5e-4)');
  });

  it('stays what it is otherwise', async () => {
    expect(await fixed(made('Adam', '0.05'), 'weight-decay')).toContain('def make(net, weight_decay=0.05)');
    expect(await refusal(made('SGD', '1e-4'), 'weight-decay')).toMatch(/decays the weights by weight_decay/);
  });
});

describe('layers that a network gets', () => {
  const head = (base: string, more = ''): string =>
    `${torch}from transformers import AutoModel\nclass Head(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.base = ${base}\n        self.head = nn.Sequential(nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 3))\n        self.no_decay = ['bias', 'LayerNorm.weight']\n${more}`;

  it('go behind a base that is loaded, whose weights are not theirs', async () => {
    const source = head("AutoModel.from_pretrained('bert')");
    expect(await fixed(source, 'dropout')).toContain('nn.ReLU(), nn.Dropout(0.1), nn.Linear(4, 3)');
    expect(await fixed(source, 'layer-norm')).toContain('nn.Linear(8, 4), nn.LayerNorm(4), nn.ReLU()');
  });

  it('are left alone where the class itself is loaded', async () => {
    const source = head('Base()', "net = Head.from_pretrained('mine')\n");
    expect(await refusal(source, 'layer-norm')).toMatch(/weights are loaded in line 11/);
  });

  it('may be copied to another network by a name', async () => {
    const source = `${torch}class Q(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc1 = nn.Linear(4, 8)\n        self.fc2 = nn.Linear(8, 2)\n    def forward(self, x):\n        return self.fc2(F.relu(self.fc1(x)))\nweights = q.state_dict()\ntarget.load_state_dict(weights)\n`;
    expect(await fixed(source, 'layer-norm')).toContain('self.ln1(self.fc1(x))');
  });
});
