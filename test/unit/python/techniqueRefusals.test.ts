import { describe, expect, it } from 'vitest';
import type { TechniqueId } from '../../../src/remedies/remedy';
import { refusal } from './plans';
import { epochs, loop, network, step, torch, transform } from './techniqueScripts';

const refused: readonly (readonly [TechniqueId, string, string, RegExp])[] = [
  [
    'label-smoothing',
    'a language model',
    `${network('GPT', 'self.a = nn.Linear(2, 2)', 'self.a(x)')}${loop('F.cross_entropy(model(x), y)')}`,
    /language model/,
  ],
  [
    'label-smoothing',
    'logits of a vocabulary',
    loop('F.cross_entropy(model(x).view(-1, vocab_size), y)'),
    /language model/,
  ],
  [
    'label-smoothing',
    'a validation loss',
    `${torch}\n\ndef validate(model, loader):\n    return sum(F.cross_entropy(model(x), y) for x, y in loader)\n`,
    /validates/,
  ],
  [
    'label-smoothing',
    'a criterion that only validates',
    `${torch}criterion = nn.CrossEntropyLoss()\nmodel.eval()\nwith torch.no_grad():\n    loss = criterion(model(x), y)\n`,
    /no training uses/,
  ],
  [
    'label-smoothing',
    'a criterion whose use is unclear',
    `${torch}criterion = nn.CrossEntropyLoss()\nEngine(model, criterion)\n`,
    /not clear/,
  ],
  [
    'label-smoothing',
    'a loop over the phases',
    `${torch}criterion = nn.CrossEntropyLoss()\noptimizer = torch.optim.SGD(model.parameters(), lr=0.1)\nfor phase in ["train", "val"]:\n    for x, y in loaders[phase]:\n        loss = criterion(model(x), y)\n        if phase == "train":\n            loss.backward()\n            optimizer.step()\n`,
    /choose by the phase/,
  ],
  [
    'label-smoothing',
    'a function that trains if it gets an optimizer',
    `${torch}crit = nn.CrossEntropyLoss()\n\n\ndef run(model, loader, opt=None):\n    for x, y in loader:\n        loss = crit(model(x), y)\n        if opt is not None:\n            loss.backward()\n            opt.step()\n`,
    /choose by the phase/,
  ],
  [
    'label-smoothing',
    'a function that ends before the backward pass',
    `${torch}\n\ndef train_or_not(model, loader, opt, training):\n    for x, y in loader:\n        loss = F.cross_entropy(model(x), y)\n        if not training:\n            continue\n        loss.backward()\n        opt.step()\n`,
    /choose by the phase/,
  ],
  [
    'label-smoothing',
    'a mode that is given',
    `${torch}\n\ndef train_epoch(model, loader, training):\n    model.train(training)\n    for x, y in loader:\n        loss = F.cross_entropy(model(x), y)\n        maybe_step(loss)\n`,
    /choose by the phase/,
  ],
  [
    'label-smoothing',
    'a step that training and validation share',
    `${torch}import lightning as L\n\n\nclass Net(L.LightningModule):\n    def __init__(self):\n        self.loss_fn = nn.CrossEntropyLoss()\n\n    def _shared_step(self, batch):\n        return self.loss_fn(self(batch[0]), batch[1])\n\n    def training_step(self, batch):\n        return self._shared_step(batch)\n\n    def validation_step(self, batch):\n        self._shared_step(batch)\n`,
    /choose by the phase/,
  ],
  [
    'label-smoothing',
    'pairs that are counted out',
    loop('F.cross_entropy(model(x) @ model(y).T, labels)', 'labels = torch.arange(16, device="cpu")\n'),
    /contrastive/,
  ],
  [
    'label-smoothing',
    'pairs in the call itself',
    loop('F.cross_entropy(sim(x, y), torch.arange(16))'),
    /contrastive/,
  ],
  [
    'label-smoothing',
    'the first of each row as the target',
    loop('F.cross_entropy(sim(x, y), target)', 'target = torch.zeros(16, dtype=torch.long)\n'),
    /contrastive/,
  ],
  [
    'label-smoothing',
    'an output layer of two',
    `${network('Net', 'self.fc = nn.Linear(8, 2)', 'self.fc(x)')}${loop('F.cross_entropy(model(x), y)')}`,
    /two classes/,
  ],
  [
    'label-smoothing',
    'two labels of a Trainer',
    'from transformers import AutoModelForSequenceClassification, TrainingArguments\nmodel = AutoModelForSequenceClassification.from_pretrained("b", num_labels=2)\nargs = TrainingArguments(output_dir="o")\n',
    /two classes/,
  ],
  [
    'label-smoothing',
    'labels of a Trainer that nothing counts',
    'from transformers import AutoModelForSequenceClassification, TrainingArguments\nmodel = AutoModelForSequenceClassification.from_pretrained("b")\nargs = TrainingArguments(output_dir="o")\n',
    /given no num_labels, and has two classes/,
  ],
  [
    'label-smoothing',
    'one output of a Trainer',
    'from transformers import AutoModelForSequenceClassification, TrainingArguments\nmodel = AutoModelForSequenceClassification.from_pretrained("b", num_labels=1)\nargs = TrainingArguments(output_dir="o")\n',
    /regression/,
  ],
  [
    'label-smoothing',
    'a regression of a Trainer',
    'from transformers import AutoModelForSequenceClassification, TrainingArguments\nmodel = AutoModelForSequenceClassification.from_pretrained("b", num_labels=3, problem_type="regression")\nargs = TrainingArguments(output_dir="o")\n',
    /regression/,
  ],
  [
    'label-smoothing',
    'several labels at once',
    'from transformers import AutoModelForSequenceClassification, TrainingArguments\nmodel = AutoModelForSequenceClassification.from_pretrained("b", num_labels=8, problem_type="multi_label_classification")\nargs = TrainingArguments(output_dir="o")\n',
    /each is binary/,
  ],
  [
    'dropout',
    'two towers',
    `${network('CLIPHead', 'self.fc1 = nn.Linear(8, 32)\nself.fc2 = nn.Linear(32, 4)', 'self.fc2(F.relu(self.fc1(x)))')}`,
    /contrastive/,
  ],
  [
    'dropout',
    'embeddings that a temperature scales',
    `${network('Tower', 'self.logit_scale = nn.Parameter(torch.ones([]))\nself.fc1 = nn.Linear(8, 32)\nself.fc2 = nn.Linear(32, 4)', 'self.fc2(F.relu(self.fc1(x)))')}`,
    /contrastive/,
  ],
  [
    'dropout',
    'a policy alone',
    `${network('PolicyNet', 'self.fc1 = nn.Linear(8, 32)\nself.fc2 = nn.Linear(32, 4)', 'self.fc2(F.relu(self.fc1(x)))')}`,
    /reinforcement/,
  ],
  [
    'batch-norm',
    'an actor alone',
    `${network('Actor', 'self.conv1 = nn.Conv2d(3, 8, 3)\nself.fc = nn.Linear(32, 4)', 'self.fc(F.relu(self.conv1(x)).flatten(1))')}`,
    /reinforcement/,
  ],
  [
    'dropout',
    'a network that acts in an environment',
    `${network('Net', 'self.fc1 = nn.Linear(8, 32)\nself.fc2 = nn.Linear(32, 4)', 'self.fc2(F.relu(self.fc1(x)))')}state, reward, done, info = env.step(action)\n`,
    /reinforcement/,
  ],
  [
    'weight-decay',
    'log-probabilities that rewards weigh',
    `${torch}opt = torch.optim.Adam(net.parameters(), lr=1e-3)\nloss = -(dist.log_prob(action) * reward).mean()\n`,
    /reinforcement/,
  ],
  [
    'label-smoothing',
    'a diffusion model',
    `${network('UNet', 'self.a = nn.Conv2d(3, 3, 1)', 'self.a(x)')}${loop('F.mse_loss(model(x), noise)')}`,
    /regression/,
  ],
  [
    'data-augmentation',
    'an input that goes to two layers',
    'import keras\nfrom keras import layers\ni = keras.Input((8, 8, 3))\na = layers.Conv2D(3, 3)(i)\nb = layers.Conv2D(3, 5)(i)\n',
    /several layers/,
  ],
  [
    'data-augmentation',
    'a network that gives images back',
    'import keras\nfrom keras import layers\ni = keras.Input((8, 8, 3))\na = layers.Conv2D(3, 3)(i)\nb = layers.Conv2DTranspose(3, 3)(a)\n',
    /gives images back/,
  ],
  [
    'data-augmentation',
    'an input of no images',
    'import keras\nfrom keras import layers\ni = keras.Input((8, 3))\na = layers.Reshape((8, 3, 1))(i)\nb = layers.Conv2D(3, 3)(a)\n',
    /no Keras network on images/,
  ],
  [
    'batch-norm',
    'maps that grow again before a linear layer',
    `${torch}\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.ConvTranspose2d(8, 3, 3))\n        self.b = nn.Sequential(nn.Linear(8, 2))\n`,
    /no linear layer behind/,
  ],
  [
    'longer-warmup',
    'milestones that say another number',
    `${torch}from torch.optim.lr_scheduler import LinearLR, SequentialLR\nw = LinearLR(optimizer, 0.1, total_iters=5)\ns = SequentialLR(optimizer, [w, c], milestones=[4])\n`,
    /milestones in line 6/,
  ],
  [
    'longer-warmup',
    'milestones behind the default',
    `${torch}from torch.optim.lr_scheduler import LinearLR, SequentialLR\nw = LinearLR(optimizer, 0.1)\ns = SequentialLR(optimizer, [w, c], milestones=[5])\n`,
    /the default, and the next schedule begins/,
  ],
  [
    'longer-warmup',
    'a length that another name holds',
    `${torch}w = torch.optim.lr_scheduler.LinearLR(optimizer, 0.1, total_iters=epochs)\n`,
    /takes total_iters from epochs/,
  ],
  [
    'weight-decay',
    'a decay that the model gets',
    `${torch}weight_decay = 1e-1\noptimizer = model.configure_optimizers(weight_decay, learning_rate)\n`,
    /weight decay of 1e-1 already \(line 4\)/,
  ],
  [
    'weight-decay',
    'a decay that the model gets from elsewhere',
    `${torch}optimizer = model.configure_optimizers(cfg.weight_decay, learning_rate)\n`,
    /comes from cfg\.weight_decay/,
  ],
  [
    'lower-lr',
    'a rate that the model gets from elsewhere',
    `${torch}optimizer = model.configure_optimizers(weight_decay, cfg.lr)\n`,
    /comes from cfg\.lr/,
  ],
  [
    'spectral-norm',
    'the critic of an agent',
    `${torch}\n\nclass Agent(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.critic = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 1))\n        self.actor = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 2))\n\n\no = torch.optim.Adam(agent.actor.parameters())\np = torch.optim.Adam(agent.critic.parameters())\n`,
    /there is none here/,
  ],
  ['label-smoothing', 'binary labels', loop('F.binary_cross_entropy_with_logits(model(x), y)'), /binary/],
  ['label-smoothing', 'a regression', loop('F.mse_loss(model(x), y)'), /regression/],
  [
    'label-smoothing',
    'an ignored index',
    loop('F.cross_entropy(model(x), y, ignore_index=255)'),
    /ignores an index/,
  ],
  ['label-smoothing', 'log-probabilities', loop('F.nll_loss(model(x), y)'), /nll_loss takes no/],
  ['label-smoothing', 'soft targets', loop('F.cross_entropy(model(x), soft_targets)'), /soft already/],
  [
    'label-smoothing',
    'mixed labels',
    `from torchvision.transforms import v2\nmix = v2.MixUp(num_classes=10)\n${loop('F.cross_entropy(model(x), y)')}`,
    /twice/,
  ],
  [
    'label-smoothing',
    'a loss that is smoothed',
    loop('F.cross_entropy(model(x), y, label_smoothing=0.05)'),
    /already/,
  ],
  [
    'label-smoothing',
    'a segmentation',
    `${network('UNet', 'self.a = nn.Conv2d(3, 3, 1)', 'self.a(x)')}${loop('F.cross_entropy(model(x), y)')}`,
    /segmentation/,
  ],
  [
    'label-smoothing',
    'a Keras loss of class numbers',
    'import keras\nmodel.compile(optimizer="adam", loss="sparse_categorical_crossentropy")\n',
    /one-hot/,
  ],
  [
    'label-smoothing',
    'instruction tuning',
    'from trl import SFTConfig\nargs = SFTConfig(output_dir="o")\n',
    /language model/,
  ],

  ['early-stopping', 'no validation', epochs(''), /no validation metric/],
  ['early-stopping', 'a test set only', epochs('    test_acc = test(model, test_loader)\n'), /test set/],
  [
    'early-stopping',
    'validation without eval()',
    `${torch}\n\ndef validate(model):\n    return sum(F.mse_loss(model(x), y).item() for x, y in data)\n\n\n${epochs('    val_loss = validate(model)\n').slice(torch.length)}`,
    /model\.eval\(\)/,
  ],
  ...(
    [
      [
        'appended to a list',
        'val_losses.append(validate(model))',
        /only appends the validation to val_losses/,
      ],
      ['kept under a key', 'history["val_loss"] = validate(model)', /as history\["val_loss"\] only/],
      ['a dictionary of metrics', 'val_metrics = evaluate(model)', /what val_metrics of line 13 holds/],
      ['printed by a function', 'validate(model, val_loader)', /validate validates in line 13/],
    ] as const
  ).map(([what, line, reason]): (typeof refused)[number] => [
    'early-stopping',
    `a validation that is ${what}`,
    epochs(`    ${line}\n`, 'model.eval()\n'),
    reason,
  ]),
  [
    'early-stopping',
    'a validation now and then among the batches',
    epochs(
      '        if step % 100 == 0:\n            val_score = evaluate(model, val_loader)\n',
      'model.eval()\n',
    ),
    /line 14 now and then/,
  ],
  [
    'early-stopping',
    'several processes',
    epochs(
      '    model.eval()\n    val_loss = evaluate(model, val_loader)\n',
      'model = nn.parallel.DistributedDataParallel(net)\n',
    ),
    /one rank/,
  ],
  [
    'early-stopping',
    'a stop that is there',
    epochs('    val_loss = evaluate(model)\n    if early_stopper(val_loss):\n        break\n'),
    /already/,
  ],
  [
    'early-stopping',
    'accelerate, with a metric of one process',
    `from accelerate import Accelerator\naccelerator = Accelerator()\n${epochs('    model.eval()\n    val_loss = evaluate(model, val_loader)\n').replace('loss.backward()', 'accelerator.backward(loss)')}`,
    /gather/,
  ],
  [
    'early-stopping',
    'a Trainer without evaluation data',
    'from transformers import Trainer, TrainingArguments\nargs = TrainingArguments(output_dir="o")\nTrainer(model=model, args=args, train_dataset=data)\n',
    /no eval_dataset/,
  ],
  [
    'early-stopping',
    'Lightning without a validation metric',
    'import lightning as L\ntrainer = L.Trainer(max_epochs=5)\n',
    /self\.log\("val_loss"/,
  ],
  [
    'early-stopping',
    'one epoch of Keras',
    'import keras\nmodel.compile(optimizer="adam", loss="mse")\nmodel.fit(x, y, validation_split=0.1)\n',
    /nothing to stop early/,
  ],

  [
    'ema',
    'an average that is there',
    `${loop('F.cross_entropy(model(x), y)')}ema_model = copy.deepcopy(model)\n`,
    /already/,
  ],
  [
    'ema',
    'a closure',
    `${torch}optimizer = torch.optim.LBFGS(model.parameters())\n\n\ndef closure():\n    loss = F.mse_loss(model(x), y)\n    loss.backward()\n    return loss\n\n\noptimizer.step(closure)\n`,
    /closure/,
  ],
  [
    'ema',
    'sharded weights',
    `from torch.distributed.fsdp import FullyShardedDataParallel as FSDP\n${loop('F.cross_entropy(model(x), y)', 'model = FSDP(model)\n')}`,
    /shard/,
  ],
  [
    'ema',
    'a model that is wrapped only sometimes',
    loop('F.cross_entropy(model(x), y)', 'model = Net()\nif many:\n    model = nn.DataParallel(model)\n'),
    /under a condition/,
  ],
  [
    'ema',
    'the Hugging Face Trainer',
    'from transformers import TrainingArguments\nargs = TrainingArguments(output_dir="o")\n',
    /TrainerCallback/,
  ],
  [
    'ema',
    'a loop that returns',
    `${torch}\n\ndef fit(loader):\n    model = Net()\n    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)\n    for x, y in loader:\n        loss = F.cross_entropy(model(x), y)\n        loss.backward()\n        optimizer.step()\n        if done():\n            return model\n`,
    /left by a return/,
  ],
  [
    'ema',
    'a loop without an end',
    loop('F.cross_entropy(model(x), y)').replace('for x, y in loader', 'while True'),
    /not at all/,
  ],
  [
    'ema',
    'weights that are saved in a way of their own',
    `${loop('F.cross_entropy(model(x), y)')}save_checkpoint(model, path)\n`,
    /saves weights in a way that is not understood/,
  ],
  [
    'ema',
    'processes that would all save',
    `${loop('F.cross_entropy(model(x), y)')}    if rank == 0:\n        torch.save({"net": model.state_dict(), "lr": 1}, "m.pt")\n`,
    /saves weights in a way that is not understood/,
  ],
  [
    'ema',
    'a file for each epoch',
    epochs('    torch.save({"net": model.state_dict(), "n": 1}, os.path.join(str(epoch), "m.pt"))\n'),
    /saves weights in a way that is not understood/,
  ],
  [
    'swa',
    'other weights that are loaded in the end',
    epochs('', 'best = None\n') + 'model.load_state_dict(best)\n',
    /other weights are loaded into model/,
  ],
  [
    'swa',
    'an unknown number of epochs',
    epochs('').replace('for epoch in range(20)', 'for epoch in count_epochs()'),
    /how many epochs/,
  ],
  ...(
    [
      ['a model of two inputs', 'for a, b, y in loader', 'model(a, b)'],
      ['an input that is changed', 'for x, y in loader', 'model(x / 255)'],
      ['a batch that is no tuple', 'for batch in loader', 'model(**batch)'],
      ['a model that is called with keywords', 'for x, y in loader', 'model(x, labels=y)'],
      ['an input that is moved to where no name is in sight', 'for x, y in loader', 'model(x.cuda())'],
      ['an input that is not the first', 'for y, x in loader', 'model(x)'],
    ] as const
  ).map(([what, head, call]): (typeof refused)[number] => [
    'swa',
    `batch norms and ${what}`,
    epochs('', 'bn = nn.BatchNorm2d(3)\n').replace('for x, y in loader', head).replace('model(x)', call),
    /run the training batches through swa_model/,
  ]),
  [
    'swa',
    'batch norms and views that are joined',
    epochs('', 'bn = nn.BatchNorm2d(3)\n').replace('loss =', 'x = torch.cat(x)\n        loss ='),
    /run the training batches through swa_model/,
  ],
  [
    'swa',
    'a schedule that steps each batch',
    epochs('')
      .replace('optimizer.step()\n', 'optimizer.step()\n        scheduler.step()\n')
      .replace(
        'for epoch',
        'scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 100)\nfor epoch',
      ),
    /does not step once/,
  ],

  [
    'lower-lr',
    'a rate from a config',
    `${torch}optimizer = torch.optim.Adam(model.parameters(), lr=cfg.optim.lr)\n`,
    /comes from cfg\.optim\.lr/,
  ],
  [
    'lower-lr',
    'a rate that was lowered',
    `${torch}optimizer = torch.optim.Adam(model.parameters(), lr=1e-4)  # was 1e-3\n`,
    /lowered already/,
  ],
  [
    'lower-lr',
    'rates of the groups',
    `${torch}optimizer = torch.optim.Adam([{"params": model.parameters(), "lr": 1e-3}])\n`,
    /rates of their own/,
  ],
  [
    'lower-lr',
    'a rate that the script sets itself',
    `${loop('F.cross_entropy(model(x), y)')}    for g in optimizer.param_groups:\n        g["lr"] = 0.1 * 0.5 ** epoch\n`,
    /line 11 sets the learning rate itself \(g\["lr"\] = /,
  ],
  [
    'longer-warmup',
    'a long share',
    'from transformers import TrainingArguments\nargs = TrainingArguments(output_dir="o", warmup_ratio=0.1)\n',
    /long already/,
  ],
  ['longer-warmup', 'no warm-up in a plain loop', loop('F.cross_entropy(model(x), y)'), /LinearLR/],
  ['nan-filter', 'no Trainer', loop('F.cross_entropy(model(x), y)'), /only the Hugging Face Trainer/],
  [
    'nan-filter',
    'a filter that is off',
    'from transformers import TrainingArguments\nargs = TrainingArguments(output_dir="o", logging_nan_inf_filter=False)\n',
    /already/,
  ],

  [
    'weight-tying',
    'a bias',
    network('LM', 'self.emb = nn.Embedding(100, 8)\nself.head = nn.Linear(8, 100)', 'self.head(self.emb(x))'),
    /has a bias/,
  ],
  [
    'weight-tying',
    'another shape',
    network(
      'LM',
      'self.emb = nn.Embedding(100, 8)\nself.head = nn.Linear(16, 100, bias=False)',
      'self.head(self.emb(x))',
    ),
    /one shape/,
  ],
  [
    'weight-tying',
    'tied layers',
    network(
      'LM',
      'self.emb = nn.Embedding(100, 8)\nself.head = nn.Linear(8, 100, bias=False)\nself.head.weight = self.emb.weight',
      'self.head(self.emb(x))',
    ),
    /already/,
  ],
  [
    'weight-tying',
    'two embeddings of one shape',
    network(
      'LM',
      'self.a = nn.Embedding(100, 8)\nself.b = nn.Embedding(100, 8)\nself.head = nn.Linear(8, 100, bias=False)',
      'self.head(self.a(x))',
    ),
    /several layers/,
  ],

  [
    'spectral-norm',
    'no GAN',
    network('Net', 'self.a = nn.Linear(2, 2)', 'self.a(x)'),
    /only the discriminator/,
  ],
  [
    'spectral-norm',
    'weights that are clipped',
    `${network('Critic', 'self.a = nn.Linear(2, 1)', 'self.a(x)')}critic = Critic()\nfor p in critic.parameters():\n    p.data.clamp_(-0.01, 0.01)\n`,
    /clipped in line/,
  ],
  [
    'spectral-norm',
    'layers that are normalised',
    network('Discriminator', 'self.a = nn.utils.spectral_norm(nn.Linear(2, 1))', 'self.a(x)'),
    /twice/,
  ],

  [
    'batch-norm',
    'small batches',
    `${network('Net', 'self.a = nn.Conv2d(3, 8, 3)\nself.b = nn.Conv2d(8, 8, 3)', 'self.b(F.relu(self.a(x)))')}loader = torch.utils.data.DataLoader(data, batch_size=2)\n`,
    /too small/,
  ],
  [
    'batch-norm',
    'batch norms that are synchronised',
    `${torch}model = nn.SyncBatchNorm.convert_sync_batchnorm(model)\nmodel = nn.parallel.DistributedDataParallel(model)\n`,
    /already/,
  ],
  [
    'batch-norm',
    'a compiled model',
    `${torch}bn = nn.BatchNorm2d(3)\nmodel = torch.compile(model)\nmodel = nn.parallel.DistributedDataParallel(model)\n`,
    /compiled in line 5/,
  ],
  [
    'batch-norm',
    'loaded weights',
    `${network('Net', 'self.a = nn.Conv2d(3, 8, 3)\nself.b = nn.Conv2d(8, 8, 3)', 'self.b(F.relu(self.a(x)))')}net = Net()\nnet.load_state_dict(torch.load("pretrained.pt"))\n`,
    /weights are loaded/,
  ],
  [
    'dropout',
    'the configuration of a GPT from elsewhere',
    'from model import GPT, GPTConfig\ndropout = 0.0\nmodel = GPT(GPTConfig(n_layer=12, dropout=dropout))\n',
    /language model/,
  ],
  [
    'dropout',
    'an LM of attention layers',
    `${network('LM', 'self.attn = nn.MultiheadAttention(8, 2)\nself.fc1 = nn.Linear(8, 32)\nself.fc2 = nn.Linear(32, 8)', 'self.fc2(F.relu(self.fc1(x)))')}`,
    /language model/,
  ],
  [
    'dropout',
    'soft actor-critic without an environment',
    `${network('Actor', 'self.fc1 = nn.Linear(8, 32)\nself.fc2 = nn.Linear(32, 4)', 'self.fc2(F.relu(self.fc1(x)))')}log_alpha = torch.zeros(1, requires_grad=True)\n`,
    /reinforcement/,
  ],
  [
    'dropout',
    'optimizers of an actor and of two Q functions',
    `${network('Net', 'self.fc1 = nn.Linear(8, 32)\nself.fc2 = nn.Linear(32, 4)', 'self.fc2(F.relu(self.fc1(x)))')}q_optimizer = torch.optim.Adam(list(qf1.parameters()) + list(qf2.parameters()))\nactor_optimizer = torch.optim.Adam(actor.parameters())\n`,
    /reinforcement/,
  ],
  [
    'spectral-norm',
    'a gradient penalty',
    `${network('Discriminator', 'self.fc = nn.Linear(8, 1)', 'self.fc(x)')}gp = compute_gradient_penalty(discriminator, real, fake)\n`,
    /gradient penalty is taken in line \d+/,
  ],
  [
    'dropconnect',
    'weights that are loaded',
    `${network('Net', 'self.fc1 = nn.Linear(8, 32)\nself.fc2 = nn.Linear(32, 4)', 'self.fc2(F.relu(self.fc1(x)))')}model = Net()\nmodel.load_state_dict(torch.load("pretrained.pt"))\n`,
    /weights are loaded in line/,
  ],
  [
    'layer-norm',
    'a gate',
    network(
      'SEBlock',
      'self.a = nn.Linear(8, 2)\nself.b = nn.Linear(2, 8)',
      'torch.sigmoid(self.b(F.relu(self.a(x)))) * x',
    ),
    /gate/,
  ],
  ['rms-norm', 'no layer norm', loop('F.cross_entropy(model(x), y)'), /no layer norm/],
  [
    'pre-norm',
    'layers that are pre-norm',
    `${torch}layer = nn.TransformerEncoderLayer(8, 2, norm_first=True)\n`,
    /already/,
  ],
  [
    'pre-norm',
    'layers stacked by hand',
    `${torch}layers = nn.ModuleList([nn.TransformerEncoderLayer(8, 2) for _ in range(6)])\n`,
    /stacked by hand/,
  ],

  [
    'stochastic-depth',
    'the blocks of a network that does not classify',
    `${network('ResBlock', 'self.conv = nn.Conv2d(3, 3, 3)', 'x + self.conv(x)')}\n\nclass Denoiser(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.a = ResBlock()\n        self.b = ResBlock()\n`,
    /not made in one list/,
  ],
  [
    'drop-path',
    'blocks that are made one by one',
    `${network('Block', 'self.norm = nn.LayerNorm(8)\nself.mlp = nn.Linear(8, 8)', 'x + self.mlp(self.norm(x))')}a, b = Block(), Block()\n`,
    /rises linearly/,
  ],
  [
    'drop-path',
    'a timm model without it',
    'import timm\nmodel = timm.create_model("vgg16")\n',
    /takes no drop_path_rate/,
  ],
  [
    'stochastic-depth',
    'torchvision, which has it',
    'from torchvision.models import convnext_tiny\nmodel = convnext_tiny()\n',
    /by default already/,
  ],
  [
    'dropconnect',
    'a transformer',
    network(
      'Net',
      'self.norm = nn.LayerNorm(8)\nself.a = nn.Linear(8, 8)\nself.b = nn.Linear(8, 8)',
      'self.b(F.relu(self.a(x)))',
    ),
    /drop path does better/,
  ],

  [
    'data-augmentation',
    'a split behind the transform',
    `${transform}data = datasets.CIFAR10("d", train=True, transform=t)\na, b = torch.utils.data.random_split(data, [40, 10])\n`,
    /split after/,
  ],
  [
    'data-augmentation',
    'a validation transform',
    `${transform}data = datasets.CIFAR10("d", train=False, transform=t)\n`,
    /validation or test/,
  ],
  [
    'data-augmentation',
    'medical images',
    `${transform}chest_xrays = datasets.ImageFolder("train", transform=t)\n`,
    /medical/,
  ],
  [
    'data-augmentation',
    'images that are changed',
    transform.replace('[', '[transforms.RandomCrop(32), '),
    /already/,
  ],
  ['mixup', 'no images', loop('F.cross_entropy(model(x), y)'), /for images/],
  [
    'mixup',
    'an accuracy in the loop',
    `import torchvision\nnet = dict(num_classes=10)\n${loop('F.cross_entropy(model(x), y)').replace(step, `${step}    hits += (model(x).argmax(1) == y).sum()\n`)}`,
    /class numbers/,
  ],
  [
    'mixup',
    'smoothed labels',
    `import torchvision\n${loop('F.cross_entropy(model(x), y, label_smoothing=0.1)')}`,
    /twice/,
  ],
  ['cutmix', 'log-probabilities', `import torchvision\n${loop('F.nll_loss(model(x), y)')}`, /soft labels/],
  [
    'cutmix',
    'an unknown number of classes',
    `import torchvision\n${loop('F.cross_entropy(model(x), y)')}`,
    /how many classes/,
  ],
  ['knowledge-distillation', 'no teacher', loop('F.cross_entropy(model(x), y)'), /no teacher/],
  [
    'knowledge-distillation',
    'a loss that is right',
    `${torch}\n\ndef kd(student, teacher, T):\n    return F.kl_div(F.log_softmax(student / T, 1), F.softmax(teacher / T, 1), reduction="batchmean") * T * T\n`,
    /right as it is/,
  ],
  ['modern-recipe', 'a recipe', loop('F.cross_entropy(model(x), y)'), /one at a time/],
  ['more-data', 'advice', loop('F.cross_entropy(model(x), y)'), /no edit/],
];

describe('where a technique is not written, the reason is one to act on', () => {
  it.each(refused)('%s: %s', async (technique, _what, source, reason) => {
    expect(await refusal(source, technique)).toMatch(reason);
  });
});
