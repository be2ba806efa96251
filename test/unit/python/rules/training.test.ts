import { describe, expect, it } from 'vitest';
import { findings, fixed, severities } from './lint';

const keras = (stop: string, fit = 'validation_split=0.1, '): string =>
  `import keras\nfrom keras.callbacks import EarlyStopping, ModelCheckpoint\nstop = EarlyStopping(${stop})\nmodel.fit(x, y, epochs=50, ${fit}callbacks=[stop])\n`;
const lightning = (callback: string, logs = 'self.log("val_loss", l)'): string =>
  `import lightning as L\nfrom lightning.pytorch.callbacks import EarlyStopping, ModelCheckpoint\nclass Net(L.LightningModule):\n    def validation_step(self, b, i):\n        ${logs}\nL.Trainer(max_epochs=20, callbacks=[${callback}])\n`;
const hf = (args: string): string =>
  `from transformers import EarlyStoppingCallback, Trainer, TrainingArguments\nargs = TrainingArguments("out", ${args})\nTrainer(model, args, callbacks=[EarlyStoppingCallback(3)])\n`;

describe('FC502 and FC503 what is watched', () => {
  it.each([
    [keras('monitor="loss", patience=5'), 1],
    [keras('"accuracy", patience=5'), 1],
    [keras('monitor="val_loss", patience=5'), 0],
    [keras('monitor="loss", patience=5', ''), 0],
    [keras('monitor=metric, patience=5'), 0],
    [lightning('EarlyStopping(monitor="train_loss")'), 1],
    [lightning('EarlyStopping(monitor="train/loss")'), 1],
    [lightning('EarlyStopping(monitor="val_loss")'), 0],
    [lightning('EarlyStopping(monitor="loss")'), 0],
    [lightning('EarlyStopping(monitor="train_loss")').replace('validation_step', 'training_step'), 0],
  ])('FC502 %j', async (source, expected) => {
    expect(await findings('FC502', source)).toHaveLength(expected);
  });

  const own = (inner: string, outer: string, rest = 'validate(val_loader)'): string =>
    `import torch\nfor epoch in range(9):\n    for x in train_loader:\n        loss = f(x)\n        loss.backward()\n        ${inner}\n    ${outer}\n${rest}\n`;
  it.each([
    [own('early_stopping(loss.item())', 'pass'), 1],
    [own('callback.check_early_stopping(loss.item())', 'pass'), 1],
    [own('pass', 'early_stopping(train_loss, model)'), 1],
    [own('pass', 'early_stopping(val_loss, model)'), 0],
    [own('pass', 'early_stopping(loss.item())'), 0],
    [own('pass', 'early_stopping(train_loss, model)', ''), 0],
    [own('pass', 'stop = EarlyStopping(train_loss)'), 0],
  ])('FC502 in a loop of its own: %j', async (source, expected) => {
    expect(await findings('FC502', source)).toHaveLength(expected);
  });

  it('FC502 names the metric that is there', async () => {
    expect(await fixed('FC502', keras('monitor="loss"'))).toContain('monitor="val_loss"');
    expect(await fixed('FC502', lightning('EarlyStopping(monitor="train_loss")'))).toContain(
      'monitor="val_loss")]',
    );
    const [other] = await findings(
      'FC502',
      lightning('EarlyStopping(monitor="train_loss")', 'self.log("val_acc", a)'),
    );
    expect(other!.fix).toBeUndefined();
  });

  it.each([
    [keras('', ''), 1],
    [keras('monitor="val_acc"', ''), 1],
    [keras('', 'validation_data=v, '), 0],
    [keras('', '**more, '), 0],
    [keras('monitor="loss"', ''), 0],
    [`${keras('', '')}model.fit(x, y, validation_split=0.1, callbacks=[stop])\n`, 0],
    [keras('', '').replace('callbacks=[stop]', 'callbacks=others'), 0],
    [keras('', '').replace('import keras\n', 'import keras\nimport autokeras\n'), 0],
    [lightning('EarlyStopping(monitor="val_los")'), 1],
    [lightning('EarlyStopping(monitor="val_loss_epoch")'), 0],
    [lightning('EarlyStopping(monitor="val_acc")', 'self.log(f"{s}_acc", l)'), 0],
    [lightning('EarlyStopping(monitor="val_acc")', 'self.log_dict(metrics)'), 0],
    [lightning('EarlyStopping(monitor="val_acc")').replace('(L.LightningModule)', '(Base)'), 0],
    [hf('eval_strategy="no", metric_for_best_model="loss"'), 1],
    [hf('eval_strategy="epoch", metric_for_best_model="loss"'), 0],
  ])('FC503 %j', async (source, expected) => {
    expect(await findings('FC503', source)).toHaveLength(expected);
  });

  it('FC503 is mended with what is at hand', async () => {
    expect(await fixed('FC503', keras('', ''))).toContain(', validation_split=0.1)');
    expect(
      await fixed('FC503', hf('eval_strategy="no", metric_for_best_model="loss", output_dir="o"')),
    ).toMatch(/eval_strategy="epoch".*save_strategy="epoch", load_best_model_at_end=True/);
    const other = lightning('EarlyStopping(monitor="validation_loss")');
    expect(await fixed('FC503', other)).toContain('EarlyStopping(monitor="val_loss")');
  });

  it.each([
    ['batches of a generator', keras('', '').replace('fit(x, y, ', 'fit(batches, ')],
    ['a metric that is no loss', lightning('EarlyStopping(monitor="val_acc")')],
  ])('FC503 has no fix for %s', async (_name, source) => {
    expect((await findings('FC503', source)).map(({ fix }) => fix)).toEqual([undefined]);
  });
});

describe('FC504 to FC507', () => {
  it.each([
    [keras('patience=5'), 1],
    [keras('patience=5, restore_best_weights=False'), 1],
    [keras('patience=5, restore_best_weights=True'), 0],
    [keras('patience=5, restore_best_weights=best'), 0],
    [keras('"val_loss", 0, 5, 0, "auto", None, True'), 0],
    [`${keras('patience=5')}ModelCheckpoint("m.keras", save_best_only=True)\n`, 0],
    [`${keras('patience=5')}model.load_weights("best")\n`, 0],
    [lightning('EarlyStopping(monitor="val_loss")'), 0],
    [hf('eval_strategy="epoch", save_strategy="epoch", metric_for_best_model="loss"'), 1],
    [hf('eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True'), 0],
    [hf('**kwargs'), 0],
  ])('FC504 %j', async (source, expected) => {
    expect(await findings('FC504', source)).toHaveLength(expected);
  });

  it.each([
    [hf('metric_for_best_model="loss"'), 1],
    [hf('eval_strategy="epoch"'), 1],
    [hf('eval_strategy="epoch", load_best_model_at_end=True'), 1],
    [hf('eval_strategy="steps", eval_steps=100, save_steps=150, load_best_model_at_end=True'), 1],
    [hf('eval_strategy="steps", eval_steps=100, save_steps=200, load_best_model_at_end=True'), 0],
    [hf('evaluation_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True'), 0],
    [hf('eval_strategy="epoch", save_strategy="best", load_best_model_at_end=True'), 0],
    [hf('eval_strategy=s, save_strategy=s, load_best_model_at_end=True'), 0],
    [hf('**kwargs'), 0],
    [
      hf('learning_rate=1e-4')
        .replace('import EarlyStoppingCallback, ', 'import ')
        .replace('from ', 'from mine import EarlyStoppingCallback\nfrom '),
      0,
    ],
    [`${hf('eval_strategy="epoch"')}args.load_best_model_at_end = True\n`, 0],
    [hf('eval_strategy="no"').replace(', callbacks=[EarlyStoppingCallback(3)]', ''), 0],
  ])('FC505 %j', async (source, expected) => {
    expect(await findings('FC505', source)).toHaveLength(expected);
  });

  it('FC505 sets what is missing', async () => {
    const source = hf('eval_strategy="steps", eval_steps=100, save_steps=150, load_best_model_at_end=True');
    expect(await fixed('FC505', source)).toContain('save_steps=100, load_best_model_at_end=True');
    expect(await fixed('FC505', hf('metric_for_best_model="loss"'))).toMatch(
      /eval_strategy="epoch", save_strategy="epoch", load_best_model_at_end=True/,
    );
  });

  it.each([
    [keras('patience=5'), 0],
    [keras('patience=1'), 1],
    [keras('monitor="val_loss"'), 1],
    [keras('patience=50'), 1],
    [keras('patience=p'), 0],
    [keras('**settings'), 0],
    [lightning('EarlyStopping(monitor="val_loss")'), 0],
    [lightning('EarlyStopping(monitor="val_loss", patience=100)'), 1],
    [lightning('EarlyStopping(monitor="val_loss", patience=1)').replace('max_epochs=20', 'max_epochs=3'), 0],
    [
      lightning('EarlyStopping(monitor="val_loss", patience=100)').replace(
        'max_epochs',
        'val_check_interval=0.1, max_epochs',
      ),
      0,
    ],
  ])('FC506 %j', async (source, expected) => {
    expect(await findings('FC506', source)).toHaveLength(expected);
  });

  it.each([
    [keras('monitor="val_accuracy", mode="min"'), 1],
    [keras('monitor="val_accuracy", mode="max"'), 0],
    [keras('monitor="val_accuracy"'), 0],
    [keras('monitor="val_loss", mode="max"'), 1],
    [keras('monitor="val_accuracy_loss", mode="max"'), 1],
    [keras('monitor="val_score", mode="min"'), 0],
    [keras('monitor="val_anomaly_score", mode="min"'), 0],
    [lightning('EarlyStopping(monitor="val_mean_dice")'), 1],
    [lightning('EarlyStopping(monitor="val_dice_loss")'), 0],
    [lightning('EarlyStopping(monitor="val_mIoU", mode="max")'), 0],
    [keras('monitor="val_neg_loss", mode="max"'), 0],
    [lightning('ModelCheckpoint(monitor="val/acc")'), 1],
    [lightning('EarlyStopping(monitor="val_wer", mode="max")'), 1],
    [lightning('ModelCheckpoint(monitor="val_loss")'), 0],
    [lightning('ModelCheckpoint(monitor=m)'), 0],
    [hf('metric_for_best_model="accuracy", greater_is_better=False'), 1],
    [hf('metric_for_best_model="wer"'), 1],
    [hf('metric_for_best_model="eval_loss"'), 0],
    [hf('metric_for_best_model="accuracy"'), 0],
    [hf('metric_for_best_model="wer", greater_is_better=False'), 0],
  ])('FC507 %j', async (source, expected) => {
    expect(await findings('FC507', source)).toHaveLength(expected);
  });
});

describe('FC601 and FC602 modes', () => {
  const epochs = (start: string, end: string): string =>
    `import torch\nfrom torch import nn\nbn = nn.BatchNorm1d(8)\nopt = torch.optim.SGD(model.parameters(), lr=0.1)\nfor epoch in range(9):\n    ${start}\n    for x, y in train_loader:\n        loss(model(x), y).backward()\n        opt.step()\n    ${end}\n`;
  it.each([
    ['no train() again', epochs('pass', 'model.eval()'), 1],
    ['within no_grad', epochs('pass', 'with torch.no_grad():\n        model.eval()'), 1],
    ['train() at the start', epochs('model.train()', 'model.eval()'), 0],
    ['train() in a chain', epochs('model.to(device).train()', 'model.eval()'), 0],
    ['train() at the end', epochs('pass', 'model.eval()\n    test()\n    model.train()'), 0],
    [
      'a function of the file that calls it',
      `def go():\n    model.train()\n${epochs('go()', 'model.eval()')}`,
      0,
    ],
    ['a teacher', epochs('pass', 'teacher.eval()'), 0],
    ['a function of another file that calls it', epochs('set_train(model)', 'model.eval()'), 0],
    ['a model that no optimizer has', epochs('pass', 'critic.eval()'), 0],
    ['only at the end', epochs('pass', 'if epoch == epochs - 1:\n        model.eval()'), 0],
    ['where the loop is left', epochs('pass', 'if done:\n        model.eval()\n        break'), 0],
    ['in something that restores', epochs('pass', 'with evaluating(model):\n        model.eval()'), 0],
  ])('FC601 %s', async (_name, source, expected) => {
    expect(await findings('FC601', source)).toHaveLength(expected);
  });

  it('FC601 inserts train() at the start of the loop', async () => {
    expect(await fixed('FC601', epochs('pass', 'model.eval()'))).toBe(
      epochs('model.train()\n    pass', 'model.eval()'),
    );
  });

  const validate = (body: string, name = 'validate', extra = ''): string =>
    `import torch\nfrom torch import nn\nd = nn.Dropout(0.5)\nopt = torch.optim.SGD(model.parameters(), lr=0.1)\nopt.step()\ndef ${name}(loader):\n    for x in loader:\n        ${body}\n${extra}`;
  it.each([
    [validate('model(x)'), 1],
    [validate('net(x)', 'test_epoch'), 1],
    [validate('model(x)', 'preview'), 0],
    [validate('model(x)', 'validate', 'model.eval()\n'), 0],
    [validate('model(x)', 'validate', 'model.train(False)\n'), 0],
    [validate('model(x).backward()'), 0],
    [validate('print(x)'), 0],
    [validate('model(x)').replace('d = nn.Dropout(0.5)\n', ''), 0],
    [validate('model(x)').replace('opt.step()\n', ''), 0],
    [validate('model(x)').replace('in loader:', 'in range(9):'), 0],
  ])('FC602 %j', async (source, expected) => {
    expect(await findings('FC602', source)).toHaveLength(expected);
  });
});

describe('FC701, FC703 and FC704 smoothing', () => {
  const images = (more: string, loss = 'nn.CrossEntropyLoss()'): string =>
    `import torch\nfrom torch import nn\nfrom torchvision import datasets\nopt = torch.optim.SGD(m.parameters(), lr=0.1)\nc = ${loss}\n${more}\nopt.step()\n`;
  it.each([
    [images('datasets.CIFAR10("d")'), 1],
    [images('datasets.ImageFolder("d")'), 1],
    [images('datasets.MNIST("d")'), 0],
    [images('datasets.CIFAR10("d")', 'nn.CrossEntropyLoss(label_smoothing=0.1)'), 0],
    [images('datasets.CIFAR10("d")', 'nn.CrossEntropyLoss(weight=w)'), 0],
    [images('datasets.CIFAR10("d")\nteacher = load()'), 0],
    [images('datasets.CIFAR10("d")\nresnet(pretrained=True)'), 0],
    [images('datasets.CIFAR10("d")').replace('opt.step()', ''), 0],
    [images('datasets.CIFAR10("d")\nlabels = torch.zeros(512, dtype=torch.long)'), 0],
    [images('datasets.CIFAR10("d")\nloss = c(info_nce(f), y)'), 0],
    [images('datasets.ImageFolder("d")\nm.fc = nn.Linear(512, 2)'), 0],
    [images('datasets.ImageFolder("d")\nm.fc = nn.Linear(512, 20)'), 1],
  ])('FC701 %j', async (source, expected) => {
    expect(await findings('FC701', source)).toHaveLength(expected);
  });

  it('FC701 smooths the loss', async () => {
    const source = images(
      'datasets.CIFAR10("d")\nfor x, y in loader:\n    loss = c(m(x), y)\n    loss.backward()',
    );
    expect(await fixed('FC701', source)).toContain('nn.CrossEntropyLoss(label_smoothing=0.1)');
  });

  it.each([
    ['from torch import nn\nnn.CrossEntropyLoss(label_smoothing=0.1)\n', []],
    ['from torch import nn\nnn.CrossEntropyLoss(label_smoothing=0.25)\n', ['info']],
    ['import torch.nn.functional as F\nF.cross_entropy(a, b, label_smoothing=0.5)\n', ['warning']],
    ['from torch import nn\nnn.CrossEntropyLoss(label_smoothing=-0.1)\n', ['error']],
    ['import keras\nkeras.losses.CategoricalCrossentropy(label_smoothing=1.0)\n', ['error']],
    [
      'from timm.loss import LabelSmoothingCrossEntropy\nLabelSmoothingCrossEntropy(smoothing=0.6)\n',
      ['warning'],
    ],
    [
      'from transformers import TrainingArguments\nTrainingArguments("o", label_smoothing_factor=0.5)\n',
      ['warning'],
    ],
    ['from trl import DPOConfig\nDPOConfig("o", label_smoothing=0.5)\n', []],
  ])('FC703 %j', async (source, expected) => {
    expect(await severities('FC703', source)).toEqual(expected);
  });

  const mixup = (args: string, loss: string): string =>
    `from timm.data import Mixup\nfrom torch import nn\nm = Mixup(${args})\nc = ${loss}\n`;
  it.each([
    [mixup('mixup_alpha=0.8', 'nn.CrossEntropyLoss(label_smoothing=0.1)'), 1],
    [mixup('mixup_alpha=0.8, label_smoothing=0.0', 'nn.CrossEntropyLoss(label_smoothing=0.1)'), 0],
    [mixup('mixup_alpha=0.8', 'nn.CrossEntropyLoss()'), 0],
    [
      `from timm.data import Mixup\nfrom timm.loss import SoftTargetCrossEntropy\n${mixup('', 'nn.CrossEntropyLoss(label_smoothing=0.1)')}`,
      0,
    ],
    [
      'from transformers import Trainer, TrainingArguments\nfrom torch import nn\nTrainingArguments("o", label_smoothing_factor=0.1)\nclass T(Trainer):\n    def compute_loss(self, m, i):\n        return nn.CrossEntropyLoss(label_smoothing=0.1)(m, i)\n',
      1,
    ],
    [
      'from trl import DPOConfig\nfrom torch import nn\nDPOConfig("o", label_smoothing=0.1)\nnn.CrossEntropyLoss(label_smoothing=0.1)\n',
      0,
    ],
  ])('FC704 %j', async (source, expected) => {
    expect(await findings('FC704', source)).toHaveLength(expected);
  });

  it('FC704 takes the smoothing out of the loss', async () => {
    const source = mixup('mixup_alpha=0.8', 'nn.CrossEntropyLoss(label_smoothing=0.1, reduction="sum")');
    expect(await fixed('FC704', source)).toContain('nn.CrossEntropyLoss(reduction="sum")');
  });
});

describe('FC707 to FC709 divergence', () => {
  const f = (line: string): string =>
    `import torch\nimport torch.nn.functional as F\nfrom torch import nn\n${line}\n`;
  const kd = (t: string, rest = ''): string =>
    f(`kd = F.kl_div(F.log_softmax(s / ${t}, -1), F.softmax(q / ${t}, -1), reduction="batchmean")${rest}`);
  it.each([
    [kd('T'), 1],
    [kd('self.temperature'), 1],
    [kd('4.0'), 1],
    [
      f('a = F.log_softmax(s / T, -1)\nb = (q / T).softmax(-1)\nkd = F.kl_div(a, b, reduction="batchmean")'),
      1,
    ],
    [kd('T', ' * T * T'), 0],
    [kd('T', ' * (T ** 2)'), 0],
    [`${kd('T')}loss = kd * T**2\n`, 0],
    [kd('T', ' * (alpha * T * T)'), 0],
    [kd('T', ' * alpha_t2'), 0],
    [kd('4.0', ' * 16'), 0],
    [kd('1.0'), 0],
    [`T = 1.0\n${kd('T')}`, 0],
    [f('loss = F.mse_loss(s / T, q / T)'), 0],
    [f('kd = F.kl_div(F.log_softmax(s / T, -1), F.softmax(q, -1), reduction="batchmean")'), 0],
  ])('FC707 %j', async (source, expected) => {
    expect(await findings('FC707', source)).toHaveLength(expected);
  });

  it('FC707 multiplies the whole chain of calls', async () => {
    const source = f(
      'kd = a * F.kl_div(F.log_softmax(s / T, 1), F.softmax(q / T, 1), reduction="none").sum(1).mean() + b',
    );
    expect(await fixed('FC707', source)).toBe(source.replace('.mean() + b', '.mean() * (T ** 2) + b'));
  });

  it.each([
    [f('F.kl_div(F.softmax(a, -1), b, reduction="batchmean")'), 1],
    [f('F.kl_div(torch.softmax(a, -1), b, reduction="batchmean")'), 1],
    [f('F.kl_div(a.softmax(-1), b, reduction="batchmean")'), 1],
    [f('p = F.softmax(a, -1)\nF.kl_div(p, b, reduction="batchmean")'), 1],
    [f('kl = nn.KLDivLoss(reduction="batchmean")\nkl(F.softmax(a, -1), b)'), 1],
    [f('F.kl_div(F.softmax(a, -1).log(), b, reduction="batchmean")'), 0],
    [f('F.kl_div(F.log_softmax(a, -1), b, reduction="batchmean")'), 0],
    [f('F.kl_div(a, b, reduction="batchmean")'), 0],
    [f('p = F.softmax(a, -1)\np = p.log()\nF.kl_div(p, b, reduction="batchmean")'), 0],
    ['import keras\nkeras.losses.KLDivergence()(keras.ops.softmax(a), b)\n', 0],
  ])('FC708 %j', async (source, expected) => {
    expect(await findings('FC708', source)).toHaveLength(expected);
  });

  it.each([
    [f('F.kl_div(a, b)'), 1],
    [f('F.kl_div(a, b, reduction="mean")'), 1],
    [f('kl = nn.KLDivLoss()\nkl(a, b)\nkl(c, d)'), 1],
    [f('F.kl_div(a, b, reduction="batchmean")'), 0],
    [f('F.kl_div(a, b, reduction="none")'), 0],
    [f('F.kl_div(a, b, None, None, "sum")'), 0],
    [f('F.kl_div(a, b, size_average=False)'), 0],
    [f('F.kl_div(a, b, **more)'), 0],
    [f('F.kl_div(a, b, reduction=how)'), 0],
  ])('FC709 %j', async (source, expected) => {
    expect(await findings('FC709', source)).toHaveLength(expected);
  });
});

describe('FC902 to FC907 averages and spectral norm', () => {
  const average = (rest: string, made = 'AveragedModel(model)'): string =>
    `from torch import nn\nfrom torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn\nfrom timm.utils import ModelEmaV3\nema = ${made}\nfor x in loader:\n    opt.step()\n    ema.update_parameters(model)\n${rest}\n`;
  it.each([
    [average(''), 1],
    [average('torch.save(ema.state_dict(), "m")'), 0],
    [average('evaluate(ema)'), 0],
    [average('# ema is saved elsewhere'), 1],
    [average('').replaceAll('ema', 'self.ema'), 0],
    [average('').replace('    ema.update_parameters(model)\n', ''), 0],
    [average('print(globals())'), 0],
    [average('save_all("m", model=model, ema=ema)'), 0],
    [average('save_all(dict(ema=ema))'), 0],
    [average('ema = ema.to(device)'), 1],
  ])('FC902 %j', async (source, expected) => {
    expect(await findings('FC902', source)).toHaveLength(expected);
  });

  it.each([
    ['', 'model.load_state_dict(ema.module.state_dict())\n'],
    ['torch.save(model.state_dict(), "m.pt")', 'torch.save(ema.module.state_dict(), "m.pt")\n'],
    ['score = evaluate(model, loader)', 'score = evaluate(ema, loader)\n'],
  ])('FC902 uses the average: %s', async (rest, end) => {
    const script = await fixed('FC902', average(rest).replace('import nn', 'import nn\nimport torch'));
    expect(script).toContain(end);
  });

  it.each([
    [
      'of another kind',
      average('', 'ExponentialMovingAverage(model)').replace(
        /^/,
        'from torch_ema import ExponentialMovingAverage\n',
      ),
    ],
    ['of what is made in place', average('', 'AveragedModel(Net())')],
    ['that goes where it is not seen', average('save_checkpoint(model)')],
  ])('FC902 has no fix for an average %s', async (_name, source) => {
    const found = await findings('FC902', source);
    expect(found.map(({ fix }) => fix)).toEqual([undefined]);
  });

  const accumulate = (inside: string, outside: string): string =>
    `import torch\nfor i, x in enumerate(loader):\n    loss.backward()\n    if (i + 1) % 4 == 0:\n        optimizer.step()\n        ${inside}\n    ${outside}\n`;
  it.each([
    [accumulate('pass', 'ema.update(model)'), 1],
    [accumulate('pass', 'if (i + 1) % 4 == 0:\n        ema.update(model)'), 0],
    [accumulate('ema.update(model)', 'pass'), 0],
    [accumulate('pass', 'pbar.update(1)'), 0],
    [accumulate('pass', 'ema.update(loss.item())'), 0],
    [accumulate('pass', 'schema.update(x)'), 0],
    ['import torch\nfor x in loader:\n    loss.backward()\n    optimizer.step()\n    ema.update(model)\n', 0],
  ])('FC903 %j', async (source, expected) => {
    expect(await findings('FC903', source)).toHaveLength(expected);
  });

  it.each([
    ['ema = ModelEmaV3(model, decay=0.8)', ['warning']],
    ['ema = ModelEmaV3(model, decay=0.9998)', []],
    ['max_steps = 1000\nema = ModelEmaV3(model, decay=0.9998)', ['info']],
    ['max_steps = 1000000\nema = ModelEmaV3(model, decay=0.9998)', []],
    ['max_steps = 1000\nema = ModelEmaV3(model, decay=0.9998, use_warmup=True)', []],
    ['ema = ModelEmaV3(model, decay=0.0001)', []],
    ['ema = ExponentialMovingAverage(loss, decay=0.8)', []],
  ])('FC904 %j', async (line, expected) => {
    expect(await severities('FC904', `from timm.utils import ModelEmaV3\n${line}\n`)).toEqual(expected);
  });

  it.each([
    [average('bn = nn.BatchNorm1d(8)\nuse(ema)'), 1],
    [average('bn = nn.BatchNorm1d(8)\nupdate_bn(loader, ema)'), 0],
    [average('bn = nn.BatchNorm1d(8)', 'AveragedModel(model, use_buffers=True)'), 0],
    [average('bn = nn.LayerNorm(8)'), 0],
    [average('bn = nn.BatchNorm1d(8)\nfor a, b in zip(ema.buffers(), model.buffers()):\n    a.copy_(b)'), 0],
    [
      average('bn = nn.BatchNorm1d(8)\nema.load_state_dict(d)').replace(
        '    ema.update_parameters(model)\n',
        '',
      ),
      0,
    ],
  ])('FC905 %j', async (source, expected) => {
    expect(await findings('FC905', source)).toHaveLength(expected);
  });

  it('FC905 averages the statistics', async () => {
    const bn = 'bn = nn.BatchNorm1d(8)\nuse(ema)';
    expect(await fixed('FC905', average(bn))).toContain('AveragedModel(model, use_buffers=True)');
    expect(await fixed('FC905', average(bn, 'AveragedModel(model, use_buffers=False)'))).toContain(
      'AveragedModel(model, use_buffers=True)',
    );
  });

  const spectral = (...lines: string[]): string =>
    `from torch import nn\nfrom torch.nn.utils.parametrizations import spectral_norm\n${lines.join('\n')}\n`;
  const clamp = 'for p in critic.parameters():\n    p.data.clamp_(-0.01, 0.01)';
  it.each([
    [spectral('l = spectral_norm(spectral_norm(nn.Linear(8, 8)))'), 1],
    [spectral('l = spectral_norm(nn.Linear(8, 8))', clamp), 1],
    [spectral('l = spectral_norm(nn.Linear(8, 8))'), 0],
    [spectral('l = nn.Linear(8, 8)', clamp), 0],
    [spectral('l = spectral_norm(nn.Linear(8, 8))', 'x.data.clamp_(-1, 1)'), 0],
  ])('FC907 %j', async (source, expected) => {
    expect(await findings('FC907', source)).toHaveLength(expected);
  });
});
