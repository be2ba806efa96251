import { describe, expect, it } from 'vitest';
import { planRemedy } from '../../../src/python/plan';
import { fixed, refusal } from './plans';
import { epochs, loop, network, sampled, torch, transform } from './techniqueScripts';

describe('details of the edits', () => {
  it('lowers what a schedule starts from, and keeps the comment of the line', async () => {
    const source = `${torch}LR = 0.05  # from the paper\noptimizer = torch.optim.SGD(model.parameters(), LR)\n`;
    expect(await fixed(source, 'lower-lr')).toContain('LR = 0.005  # from the paper (was 0.05)\n');
  });

  it('smooths a loss whose backward pass has two ways, both of them training', async () => {
    const source = `${torch}\n\ndef train(model, loader, optimizer, grad_scaler):\n    for x, y in loader:\n        loss = F.cross_entropy(model(x), y)\n        if grad_scaler is not None:\n            grad_scaler.scale(loss).backward()\n        else:\n            loss.backward()\n        optimizer.step()\n`;
    expect(await fixed(source, 'label-smoothing')).toContain('y, label_smoothing=0.1)');
  });

  it('lowers the default of a parameter that nothing overrules', async () => {
    const source = `${torch}\n\ndef build(model, lr=3e-4):\n    return torch.optim.Adam(model.parameters(), lr=lr)\n`;
    expect(await fixed(source, 'lower-lr')).toContain('lr=3e-5):  # was 3e-4\n');
  });

  it('lowers the field of a dataclass of training arguments', async () => {
    const source =
      'from dataclasses import dataclass, field\nimport transformers\n\n\n@dataclass\nclass Arguments(transformers.TrainingArguments):\n    learning_rate: float = field(default=2e-5)\n';
    expect(await fixed(source, 'lower-lr')).toContain('field(default=2e-6)  # was 2e-5\n');
  });

  it('watches an accuracy with its sign turned', async () => {
    const source = epochs('    model.eval()\n    val_acc = evaluate(model, val_loader)\n');
    expect(await fixed(source, 'early-stopping')).toContain('should_stop(-val_acc, model)');
  });

  it.each(['val_dice', 'val_mean_dice', 'avg_val_dice', 'eval_dice', 'val_mIoU', 'val_jaccard', 'val_score'])(
    'watches %s as what is better when it is higher',
    async (name) => {
      const source = epochs(`    model.eval()\n    ${name} = evaluate(model, val_loader)\n`);
      expect(await fixed(source, 'early-stopping')).toContain(`should_stop(-${name}, model)`);
    },
  );

  it.each(['val_dice_loss', 'val_loss_dice', 'val_ce', 'valid_error'])(
    'watches %s as it is',
    async (name) => {
      const source = epochs(`    model.eval()\n    ${name} = evaluate(model, val_loader)\n`);
      expect(await fixed(source, 'early-stopping')).toContain(`should_stop(${name}, model)`);
    },
  );

  it('tells Lightning that a Dice is better when it is higher', async () => {
    const source =
      'import lightning as L\n\n\nclass Net(L.LightningModule):\n    def validation_step(self, batch, i):\n        self.log("val_dice", self.dice(batch))\n\n\ntrainer = L.Trainer(max_epochs=50)\n';
    expect(await fixed(source, 'early-stopping')).toContain('monitor="val_dice", mode="max"');
  });

  it('watches what one of two written phases gives', async () => {
    const source = epochs(
      '    for phase in ["train", "val"]:\n        if phase == "val":\n            model.eval()\n            val_loss = evaluate(model, loaders[phase])\n',
    );
    expect(await fixed(source, 'early-stopping')).toContain(
      '    if early_stopping.should_stop(val_loss, model):',
    );
  });

  it('computes the batch norms anew where the model takes the first of each batch', async () => {
    const source = epochs('', 'device = "cuda"\nbn = nn.BatchNorm2d(3)\n').replace(
      'loss =',
      'x, y = x.to(device, non_blocking=True), y.to(device)\n        loss =',
    );
    expect(await fixed(source, 'swa')).toContain('\nupdate_bn(loader, swa_model, device=device)\n');
  });

  it('asks for no update_bn where no batch norm is in sight', async () => {
    const source = epochs('', 'from torchvision import transforms\n').replace('model(x)', 'model(x, y)');
    const script = await fixed(source, 'swa');
    expect(script).toContain('swa_model.update_parameters(model)');
    expect(script).not.toContain('update_bn');
  });

  it.each(['ema', 'swa'] as const)('saves nothing by %s that was not evaluated', async (technique) => {
    const source = epochs(
      '    loss = run_epoch(loader, False)\ntorch.save(model.state_dict(), "m.pt")\n',
      'def run_epoch(loader, train):\n    model.train(train)\n    return sum(F.cross_entropy(model(x), y) for x, y in loader)\n\n\n',
    );
    expect(await fixed(source, technique)).toContain('torch.save(model.state_dict(), "m.pt")');
  });

  it('evaluates and saves the average together', async () => {
    const source = epochs(
      '    loss = evaluate(model, val_loader)\n    torch.save(model.state_dict(), "m.pt")\n',
    );
    const script = await fixed(source, 'ema');
    expect(script).toContain('evaluate(ema_model, val_loader)');
    expect(script).toContain('torch.save(ema_model.module.state_dict(), "m.pt")');
  });

  it('lowers what a rate that is only multiplied starts from', async () => {
    const source = `${loop('F.cross_entropy(model(x), y)')}    optimizer.param_groups[0]["lr"] *= 0.9\n`;
    expect(await fixed(source, 'lower-lr')).toContain('lr=0.01)  # was 0.1\n');
  });

  it('says by SWA that a rate is set by hand, and not that there is no schedule', async () => {
    const plan = await planRemedy(
      epochs('    for group in optimizer.param_groups:\n        group["lr"] = 0.1 / (epoch + 1)\n'),
      'swa',
    );
    const notes = plan.applicable ? plan.notes.join('\n') : '';
    expect(notes).toMatch(/Line 13 sets the learning rate by hand/);
    expect(notes).not.toContain('No schedule');
  });

  it.each([
    ['range(20)', '5'],
    ['range(4)', '2'],
    ['range(1, 4)', '1'],
    ['range(1, epochs + 1)', '2'],
    ['range(args.epochs)', '1'],
    ['count_epochs()', '5'],
  ])('waits for less than all epochs of %s', async (range, patience) => {
    const source = epochs(
      '    model.eval()\n    val_loss = evaluate(model, val_loader)\n',
      'epochs = 6\nparser.add_argument("--epochs", type=int, default=2)\n',
    ).replace('range(20)', range);
    expect(await fixed(source, 'early-stopping')).toContain(`EarlyStopping(patience=${patience})`);
  });

  it.each([
    ['', '1'],
    [', num_train_epochs=9', '3'],
    [', max_steps=1000', '5'],
    [', eval_strategy="steps", eval_steps=100', '5'],
  ])('waits for less than all evaluations of a Trainer%s', async (more, patience) => {
    const source = `from transformers import Trainer, TrainingArguments\nargs = TrainingArguments(output_dir="o"${more})\nTrainer(model=model, args=args, eval_dataset=data)\n`;
    expect(await fixed(source, 'early-stopping')).toContain(
      `EarlyStoppingCallback(early_stopping_patience=${patience})`,
    );
  });

  it('says of a loss of its own for the training that it is smoothed', async () => {
    const source = `${torch}criterion = nn.CrossEntropyLoss()\n${loop('criterion(model(x), y)')}\n\ndef validate():\n    return criterion(model(a), b)\n`;
    const script = await fixed(source, 'label-smoothing');
    expect(script).toContain('train_criterion = ');
    expect(await refusal(script, 'label-smoothing')).toMatch(/smoothed already: label_smoothing=0\.1/);
  });

  it('averages before DDP wraps, and updates with what it wraps', async () => {
    const source = loop(
      'F.cross_entropy(model(x), y)',
      'model = nn.parallel.DistributedDataParallel(model)\n',
    );
    const script = await fixed(source, 'ema');
    expect(script).toContain('AveragedModel(model.module, ');
    expect(script).toContain('    ema_model.update_parameters(model)\n');
  });

  it('keeps a checkpoint to go on from as it is', async () => {
    const source = epochs(
      '    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, "c.pt")\n',
    );
    expect(await fixed(source, 'ema')).toContain('{"model": model.state_dict(),');
  });

  it('leaves an evaluation alone that uses the model in a way that is not known', async () => {
    const source = epochs('    model.eval()\n    images = paint(model, noise)\n    model.train()\n');
    const script = await fixed(source, 'ema');
    expect(script).toContain('    model.eval()\n    images = paint(model, noise)\n    model.train()\n');
    expect(script).toContain('ema_model.update_parameters(model)');
  });

  it('samples from the average what the evaluation of another function left in its mode', async () => {
    const source = sampled('with torch.no_grad():\n        images = model.decode(torch.randn(64, 20))');
    const script = await fixed(source, 'ema');
    expect(script).toContain('    ema_model.eval()\n');
    expect(script).toContain('images = ema_model.module.decode(torch.randn(64, 20))\n');
  });

  it.each(['images = model.decode(torch.randn(64, 20))', 'images = paint(model)', 'images = model(noise)'])(
    'leaves an evaluation alone whose mode other code may rely on: %s',
    async (use) => {
      const script = await fixed(sampled(use), 'ema');
      expect(script).toContain('    model.eval()\n');
      expect(script).toContain(use);
      expect(script).not.toContain('ema_model.eval()');
    },
  );

  it('evaluates the average where other uses set their mode, or need none', async () => {
    const source = sampled('print(model)\n    show(model)\n    print(count_weights(model))').replace(
      'for epoch',
      'def show(model):\n    model.eval()\n    plot(model(noise))\n\n\nfor epoch',
    );
    expect(await fixed(source, 'ema')).toContain('    ema_model.eval()\n');
  });

  it.each([
    ['saves nothing', '', 'model.load_state_dict(ema_model.module.state_dict())'],
    [
      'saves for itself',
      '    torch.save({"net": model.state_dict(), "epoch": epoch}, "out/last.pt")\n',
      'torch.save(ema_model.module.state_dict(), "out/ema_model.pt")',
    ],
    [
      'saves in the end, in one process',
      'if rank == 0:\n    torch.save({"net": model.state_dict(), "n": 1}, args.out)\n',
      '    torch.save(ema_model.module.state_dict(), f"{args.out}.ema_model.pt")',
    ],
    [
      'saves in a folder',
      '    torch.save({"net": model.state_dict(), "n": epoch}, os.path.join(args.out, "last.pt"))\n',
      'torch.save(ema_model.module.state_dict(), os.path.join(args.out, "ema_model.pt"))',
    ],
  ])('takes the average up in the end of a script that %s', async (_name, more, end) => {
    expect((await fixed(epochs(more), 'ema')).trimEnd().split('\n').at(-1)).toBe(end);
  });

  it.each([', num_labels=len(names)', ', num_labels=n', ', config=config', ', id2label=names'])(
    'smooths the labels of a head with%s',
    async (more) => {
      const source = `from transformers import AutoModelForSequenceClassification, TrainingArguments\nn = 5\nmodel = AutoModelForSequenceClassification.from_pretrained("b"${more})\nargs = TrainingArguments(output_dir="o")\n`;
      expect(await fixed(source, 'label-smoothing')).toContain('label_smoothing_factor=0.1');
    },
  );

  it.each(['Factor', 'Extractor', 'ClipperNet'])('knows a %s from an agent and from CLIP', async (name) => {
    const source = network(
      name,
      'self.fc1 = nn.Linear(8, 32)\nself.fc2 = nn.Linear(32, 4)',
      'self.fc2(F.relu(self.fc1(x)))',
    );
    expect(await fixed(source, 'dropout')).toContain('nn.Dropout(0.5)');
  });

  it.each([
    ['(nn.Linear(8, 64), nn.ReLU(), nn.Linear(64, 7))', '7'],
    ['(nn.Linear(8, 9), nn.LogSoftmax(dim=1))', '9'],
  ])('counts the classes at the end of a stack %s', async (stack, count) => {
    const source = epochs(
      '',
      `from torchvision import datasets, transforms\ntrain = datasets.ImageFolder("d", transform=transforms.ToTensor())\nloader = torch.utils.data.DataLoader(train, batch_size=64)\nmodel = nn.Sequential${stack}\n`,
    );
    expect(await fixed(source, 'mixup')).toContain(`MixUp(alpha=0.2, num_classes=${count})`);
  });

  it('ties the embedding that a dictionary of modules holds', async () => {
    const made = (layers: string): string =>
      network(
        'Model',
        `self.parts = nn.ModuleDict(${layers})\nself.lm_head = nn.Linear(c.width, c.vocab, bias=False)`,
        'self.lm_head(self.parts.wte(x))',
      );
    const tied = 'self.lm_head.weight = self.parts.wte.weight\n';
    const [wte, wpe] = ['nn.Embedding(c.vocab, c.width)', 'nn.Embedding(c.block, c.width)'];
    expect(await fixed(made(`dict(wte=${wte}, wpe=${wpe})`), 'weight-tying')).toContain(tied);
    expect(await fixed(made(`{"wte": ${wte}, "wpe": ${wpe}}`), 'weight-tying')).toContain(tied);
  });

  it('normalises the layers of a discriminator that a class keeps beside its generator', async () => {
    const source = `${torch}\n\nclass GAN(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.generator = nn.Sequential(nn.Linear(2, 2))\n        self.discriminator = nn.Sequential(nn.Linear(2, 1))\n\n\ng = torch.optim.Adam(gan.generator.parameters())\nd = torch.optim.Adam(gan.discriminator.parameters())\n`;
    const script = await fixed(source, 'spectral-norm');
    expect(script).toContain('self.discriminator = nn.Sequential(spectral_norm(nn.Linear(2, 1)))');
    expect(script).toContain('self.generator = nn.Sequential(nn.Linear(2, 2))');
  });

  it('normalises convolutions whose classifier is a stack of its own', async () => {
    const source = `${torch}\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.features = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Conv2d(8, 8, 3))\n        self.classifier = nn.Sequential(nn.Linear(8, 2))\n`;
    expect(await fixed(source, 'batch-norm')).toContain('nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU()');
  });

  it('moves the milestone of a warm-up with it', async () => {
    const source = `${torch}from torch.optim.lr_scheduler import LinearLR, SequentialLR\nw = LinearLR(optimizer, 0.1, total_iters=500)\ns = SequentialLR(optimizer, [w, c], milestones=[500])\n`;
    const script = await fixed(source, 'longer-warmup');
    expect(script).toContain('total_iters=1000)  # was 500\n');
    expect(script).toContain('milestones=[1000]');
  });

  it('lengthens a warm-up of the default length', async () => {
    const source = `${torch}w = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=0.1)\n`;
    expect(await fixed(source, 'longer-warmup')).toContain('total_iters=10)  # was 5, the default\n');
  });

  it('changes the settings that a model builds its optimizer from', async () => {
    const source = `${torch}learning_rate = 6e-4\nmin_lr = 6e-5\nweight_decay = 0.0\noptimizer = model.configure_optimizers(weight_decay, learning_rate, betas)\n`;
    const slower = await fixed(source, 'lower-lr');
    expect(slower).toContain('learning_rate = 6e-5  # was 6e-4\nmin_lr = 6e-6  # was 6e-5\n');
    expect(await fixed(source, 'weight-decay')).toContain('weight_decay = 0.01  # was 0.0\n');
  });

  it.each(['batch-norm', 'dropout'] as const)('says of %s in Keras what Keras does', async (technique) => {
    const source =
      'import keras\nfrom keras import layers\nm = keras.Sequential([layers.Conv2D(8, 3, activation="relu"), layers.Flatten(), layers.Dense(10)])\n';
    const plan = await planRemedy(source, technique);
    const notes = plan.applicable ? plan.notes.join(' ') : '';
    expect(notes).toContain('model(x, training=False)');
    expect(notes).not.toContain('model.eval()');
  });

  it('gives digits no flips', async () => {
    const source = `${transform}train = datasets.MNIST("d", train=True, transform=t)\n`;
    const script = await fixed(source, 'data-augmentation');
    expect(script).toContain(
      '[transforms.RandomAffine(degrees=10, translate=(0.1, 0.1)), transforms.ToTensor()]',
    );
    expect(script).not.toContain('Flip');
  });

  it('hands the average to a function whose parameters have defaults by keyword', async () => {
    const source = `${torch}\n\ndef train(model, loader, optimizer, log=None):\n    for x, y in loader:\n        loss = F.cross_entropy(model(x), y)\n        loss.backward()\n        optimizer.step()\n\n\nmodel = Net()\noptimizer = torch.optim.SGD(model.parameters(), lr=0.1)\nfor epoch in range(3):\n    train(model, loader, optimizer)\n`;
    const script = await fixed(source, 'ema');
    expect(script).toContain('def train(model, loader, optimizer, log=None, *, ema_model):');
    expect(script).toContain('train(model, loader, optimizer, ema_model=ema_model)');
  });
});
