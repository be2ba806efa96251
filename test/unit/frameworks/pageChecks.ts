/** The names of the reader's own script. */
const torch = `
import torch
from torch import nn
torch.manual_seed(0)
x, y = torch.randn(32, 8), torch.randint(0, 4, (32,))
loader = [(x[:16], y[:16]), (x[16:], y[16:])]
val_loader = loader
train_set = torch.utils.data.TensorDataset(x, y)
num_classes, num_epochs = 4, 4
def make_model(): return nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Dropout(0.4), nn.Linear(16, 4))
model, student, teacher = make_model(), make_model(), make_model()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.AdamW([*model.parameters(), *student.parameters()], lr=1e-3)
scaler = torch.amp.GradScaler("cpu")
loss = criterion(model(x), y)
def train_one_epoch(model, loader):
    model.train()
    for inputs, targets in loader:
        loss = criterion(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
train = train_one_epoch
def validate(model, loader):
    model.eval()
    with torch.no_grad():
        return sum(criterion(model(inputs), targets).item() for inputs, targets in loader) / len(loader)
def norm_of(gradients): return torch.stack([g.norm() for g in gradients if g is not None]).norm().item()
`;

/** What stands before a block of a framework. */
export const before: Readonly<Record<string, string>> = {
  torch,
  torchvision: torch,
  timm: torch,
  keras: `
import keras, numpy
keras.utils.set_random_seed(0)
x = numpy.random.rand(64, 8).astype("float32")
y = keras.utils.to_categorical(numpy.random.randint(0, 3, 64), 3)
images = numpy.random.rand(32, 8, 8, 1).astype("float32")
model = keras.Sequential([keras.Input(shape=(8,)), keras.layers.Dense(16), keras.layers.Dropout(0.4), keras.layers.Dense(3, activation="softmax")])
model.compile(optimizer="adam", loss="categorical_crossentropy")
numbers = keras.ops.convert_to_numpy
`,
  lightning: 'import logging\nlogging.getLogger("lightning.pytorch").setLevel(logging.ERROR)\n',
  transformers: '',
  accelerate: `
import torch
from accelerate import Accelerator
accelerator = Accelerator(gradient_accumulation_steps=2, cpu=True)
torch.manual_seed(0)
model = torch.nn.Linear(8, 4)
criterion = torch.nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
pairs = [(torch.randn(8) * 1000, i % 4) for i in range(32)]
loader = torch.utils.data.DataLoader(pairs, batch_size=8)
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
norms = []
def seen(optimizer, args, kwargs):
    norms.append(torch.stack([p.grad.norm() for g in optimizer.param_groups for p in g["params"]]).norm().item())
from torch.optim.optimizer import register_optimizer_step_pre_hook
hook = register_optimizer_step_pre_hook(seen)
`,
};

const dropped = (layer: string): string => `
x = torch.randn(6, 8)
model.train(); assert not torch.equal(model(x), model(x)), "off in training"
model.eval(); assert torch.equal(model(x), model(x)), "on at inference"
assert ${layer}`;

const decays = (groups: string): string => `
seen = [(p.ndim, g["weight_decay"]) for g in ${groups} for p in g["params"]]
assert all((decay == 0.1) == (ndim >= 2) for ndim, decay in seen) and {n for n, _ in seen} == {1, 2}`;

/** Python that looks at the outcome of a block, by its name, and raises where the outcome is wrong. */
export const checks: Readonly<Record<string, string>> = {
  'dropout torch': `model = Net()${dropped('model.dropout.p == 0.5')}`,
  'dropout keras': `
a, b = numbers(model(x, training=True)), numbers(model(x, training=True))
assert (a != b).any() and (numbers(model(x)) == numbers(model(x))).all()`,
  'dropconnect torch': `
x = torch.ones(1, 8)
layer.train(); assert not torch.equal(layer(x), layer(x))
mean = torch.stack([layer(x) for _ in range(4000)]).mean(0)
layer.eval(); assert torch.equal(layer(x), layer.linear(x)) and (mean - layer(x)).abs().max() < 0.1`,
  'stochastic-depth torchvision': `
rates = [block.stochastic_depth.p for block in blocks]
assert rates[0] == 0 and abs(rates[-1] - 0.2) < 1e-9
block, images = Block(16, 0.5), torch.randn(64, 16, 4, 4)
skipped = (block(images) == images).flatten(1).all(1).sum().item()
assert 10 < skipped < 54
block.eval(); assert not torch.equal(block(images), images)`,
  'drop-path torch': `
path, ones = DropPath(0.5), torch.ones(2000, 3, 2)
out = path(ones)
assert set(out.unique().tolist()) == {0.0, 2.0} and bool((out == out[:, :1, :1]).all())
path.eval(); assert torch.equal(path(ones), ones)
assert len(rates) == 12 and rates[0] == 0 and abs(rates[-1] - 0.2) < 1e-6`,
  'drop-path timm': `
rates = [block.drop_path1.drop_prob for block in model.blocks if hasattr(block.drop_path1, "drop_prob")]
assert rates == sorted(rates) and abs(rates[-1] - 0.1) < 1e-6`,
  'batch-norm torch': `
seen = []
block[1].register_forward_hook(lambda m, i, o: seen.append(o))
block(torch.randn(16, 3, 8, 8) * 50 + 9)
assert seen[0].mean().abs() < 1e-4 and abs(seen[0].std() - 1) < 1e-2`,
  'batch-norm torch 2': 'assert type(model[1]) is nn.SyncBatchNorm',
  'layer-norm torch': `
net, seen = Net(), []
net.ln1.register_forward_hook(lambda m, i, o: seen.append(o))
net(x * 100)
assert seen[0].mean(1).abs().max() < 1e-4 and (seen[0].std(1, unbiased=False) - 1).abs().max() < 1e-3`,
  'rms-norm torch': 'assert (norm(torch.randn(4, 64) * 50 + 9).pow(2).mean(1).sqrt() - 1).abs().max() < 1e-3',
  'rms-norm torch 2':
    'x = torch.randn(4, 64) * 50 + 9\nassert torch.allclose(RMSNorm(64)(x), nn.RMSNorm(64, eps=1e-6)(x), atol=1e-5)',
  'pre-norm torch':
    'assert encoder.layers[11].norm_first and encoder(torch.randn(2, 5, 64)).shape == (2, 5, 64)',
  'pre-norm torch 2': `
block, x = Block(16), torch.randn(3, 16)
assert torch.allclose(block(x) - x, block.mlp(block.norm(x)), atol=1e-6)`,
  'weight-decay torch': `${decays('optimizer.param_groups')}
held = [id(p) for g in optimizer.param_groups for p in g["params"]]
assert sorted(held) == sorted(id(p) for p in model.parameters()), "each parameter in one group"`,
  'weight-decay lightning': decays('LitModel().configure_optimizers().param_groups'),
  'weight-decay keras': `
model.fit(x, y, epochs=1, verbose=0)
assert all(optimizer._use_weight_decay(v) == (len(v.shape) == 2) for v in model.trainable_variables)`,
  'weight-decay transformers': 'assert args.weight_decay == 0.01',
  'gradient-clipping torch': `
optimizer.zero_grad()
(1000 * criterion(model(x), y)).backward()
assert norm_of(p.grad for p in model.parameters()) > 1
torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)
assert abs(norm_of(p.grad for p in model.parameters()) - 1) < 1e-3`,
  'gradient-clipping torch scaler': 'assert norm_of(p.grad for p in model.parameters()) <= 1.001',
  'gradient-clipping accelerate': 'hook.remove()\nassert len(norms) == 2 and max(norms) <= 1.001, norms',
  'gradient-clipping lightning':
    'assert (trainer.gradient_clip_val, trainer.gradient_clip_algorithm) == (1.0, "norm")',
  'gradient-clipping transformers':
    'assert TrainingArguments(output_dir="out").max_grad_norm == args.max_grad_norm',
  'gradient-clipping keras': 'assert model.optimizer.global_clipnorm == 1.0',
  'spectral-norm torch': `
images = torch.randn(4, 3, 8, 8)
for _ in range(200): discriminator(images)
for layer in (discriminator[0], discriminator[3]):
    assert abs(torch.linalg.matrix_norm(layer.weight.flatten(1), 2) - 1) < 1e-2`,
  'weight-tying torch': `
net = LanguageModel()
assert sum(p.numel() for p in net.parameters()) == 100 * 32 + 32 * 32 + 32
optimizer = torch.optim.SGD(net.parameters(), lr=1.0)
net(torch.tensor([[1, 2]])).sum().backward(); optimizer.step()
assert net.head.weight is net.embedding.weight`,
  'label-smoothing torch': `
model.eval()
logp = torch.log_softmax(model(inputs), 1)
hard, even = -logp.gather(1, targets[:, None]).mean(), -logp.mean(1).mean()
assert torch.allclose(train_criterion(model(inputs), targets), 0.9 * hard + 0.1 * even)
assert torch.allclose(criterion(model(inputs), targets), hard)`,
  'label-smoothing keras': `
p = numpy.clip(numbers(model(x)), 1e-7, 1)
assert abs(float(loss(y, p)) + ((0.9 * y + 0.1 / 3) * numpy.log(p)).sum(1).mean()) < 1e-4`,
  'label-smoothing transformers': 'assert args.label_smoothing_factor == 0.1',
  'data-augmentation torchvision': `
picture = torch.randint(0, 256, (3, 40, 40), dtype=torch.uint8)
assert train_transform(picture).shape == (3, 32, 32) and not torch.equal(train_transform(picture), train_transform(picture))
assert torch.equal(val_transform(picture), val_transform(picture))`,
  'data-augmentation torch': `
bands, times = (spectrogram == 0).all(2), (spectrogram == 0).all(1)
assert bands.sum(1).max() <= 27 and times.sum(1).max() <= 40 and 0 < (spectrogram == 0).float().mean() < 0.6`,
  'data-augmentation keras': `
cut = keras.Sequential(model.layers[:2])
assert (numbers(cut(images, training=True)) != images).any() and abs(numbers(cut(images, training=False)) - images).max() < 1e-6`,
  'mixup torch': 'assert 0 <= lam <= 1 and sorted(order.tolist()) == list(range(16)) and loss.isfinite()',
  'mixup torchvision': `
mixed, labels = collate([(torch.randn(3, 8, 8), i % 4) for i in range(8)])
assert labels.shape == (8, 4) and torch.allclose(labels.sum(1), torch.ones(8)) and criterion(torch.randn(8, 4), labels).isfinite()`,
  'mixup timm': `
mixed, labels = mixup(torch.randn(8, 3, 8, 8), torch.arange(8) % 4)
assert torch.allclose(labels.sum(1), torch.ones(8)) and criterion(torch.randn(8, 4), labels).isfinite()`,
  'cutmix torchvision': `
mixed, labels = collate([(torch.randn(3, 8, 8), i % 4) for i in range(8)])
assert labels.shape == (8, 4) and torch.allclose(labels.sum(1), torch.ones(8))`,
  'cutmix timm': `
pictures = torch.randn(8, 3, 8, 8)
mixed, labels = mix(pictures.clone(), torch.arange(8) % 4)
own = torch.isin(mixed, pictures).float().mean()
assert own == 1 and torch.allclose(labels.sum(1), torch.ones(8)), "every pixel is a real one"`,
  'cutmix keras': 'assert numpy.allclose(numbers(mixed["labels"]).sum(1), 1, atol=1e-4)',
  'knowledge-distillation torch': `
s, t, labels = torch.tensor([[1.0, 2.0, 0.5]]), torch.tensor([[0.0, 3.0, 1.0]]), torch.tensor([1])
p, q = torch.softmax(t / 2, 1), torch.softmax(s / 2, 1)
by_hand = 0.5 * -torch.log_softmax(s, 1)[0, 1] + 0.5 * 4 * (p * (p / q).log()).sum()
assert torch.allclose(distillation_loss(s, t, labels), by_hand)
assert torch.allclose(distillation_loss(t, t, labels), 0.5 * -torch.log_softmax(t, 1)[0, 1]), "no term for what is equal"
assert all(p.grad is None for p in teacher.parameters())`,
  'early-stopping torch': `
assert abs(validate(model, val_loader) - best_val_loss) < 1e-6
assert all(torch.equal(value, best_weights[name]) for name, value in model.state_dict().items())`,
  'early-stopping keras': `
losses = history.history["val_loss"]
again = float(model.evaluate(x[48:], y[48:], verbose=0))
assert abs(again - min(losses)) < 1e-3`,
  'early-stopping lightning': 'assert stop in trainer.callbacks and keep in trainer.callbacks',
  'early-stopping transformers': `
import types
state = types.SimpleNamespace(best_metric=None, is_world_process_zero=True)
stop.on_train_begin(args, state, types.SimpleNamespace())`,
  'ema torch': `
raw, average = next(iter(model.parameters())), next(iter(ema_model.module.parameters()))
assert int(ema_model.n_averaged) == 2 and not torch.equal(raw, average) and val_loss > 0`,
  'ema timm': 'assert not ema_model.module.training',
  'ema keras': 'assert model.optimizer.use_ema and model.optimizer.ema_momentum == 0.999',
  'ema lightning': 'assert any(type(one).__name__ == "EMAWeightAveraging" for one in trainer.callbacks)',
  'swa torch': 'assert swa_start == 3 and int(swa_model.n_averaged) == 1 and val_loss > 0',
  'swa lightning':
    'assert any(type(one).__name__ == "StochasticWeightAveraging" for one in trainer.callbacks)',
  'lower-lr torch': 'assert optimizer.param_groups[0]["lr"] < 1e-6',
  'lower-lr torch 2': `
for _ in range(7): scheduler.step(9.0)
assert abs(optimizer.param_groups[0]["lr"] - 1e-4) < 1e-9`,
  'longer-warmup torch': `
rates = []
for _ in range(total_steps):
    rates.append(optimizer.param_groups[0]["lr"])
    optimizer.step(); scheduler.step()
assert abs(rates[0] - 1e-5) < 1e-9 and rates.index(max(rates)) == 50 and rates[-1] < 1e-6
assert rates[:51] == sorted(rates[:51])`,
  'longer-warmup keras': `
steps = [float(numbers(rate(step))) for step in (0, 25, 50, 900)]
assert steps[0] == 0 and abs(steps[1] - 5e-4) < 1e-6 and abs(steps[2] - 1e-3) < 1e-6 and steps[3] < 2e-4`,
  'longer-warmup transformers': 'assert args.warmup_steps == 500',
  'modern-recipe torch': `${decays('optimizer.param_groups')}
assert all(m.p == 0 for m in model.modules() if isinstance(m, nn.Dropout))
assert norm_of(p.grad for p in model.parameters()) <= 1.001`,
  'practical-advice torch': 'assert loss.item() < 0.5',
  'practical-advice torch 2': 'assert abs(first - expected) < 0.5',
  'practical-advice torch 3': 'assert not normalised',
  'more-data torch': 'assert list(scores) == [0.25, 0.5, 1.0]',
  'more-data torch 2': `
drawn = torch.bincount(torch.cat([b for _ in range(40) for _, b in train_loader])).float()
assert (drawn / drawn.sum() - 0.25).abs().max() < 0.06, "each class as often"`,
  'more-capacity torch':
    'assert parameters(small) < parameters(wide) and parameters(small) < parameters(deep) and deep(x).shape == (32, 4)',
  'more-capacity timm':
    'assert sum(p.numel() for p in large.parameters()) > sum(p.numel() for p in small.parameters())',
  'less-regularisation torch': 'assert [m.p for m in model.modules() if isinstance(m, nn.Dropout)] == [0.2]',
  'less-regularisation torch 2': 'assert {g["weight_decay"] for g in optimizer.param_groups} == {0.005}',
  'less-regularisation torch 3': 'assert clean_train_loss == val_loss',
  'less-regularisation keras': 'assert [l.rate for l in model.layers if hasattr(l, "rate")] == [0.2]',
  'nan-filter transformers':
    'assert args.logging_nan_inf_filter is False and TrainingArguments(output_dir="out").logging_nan_inf_filter',
  'nan-filter torch 2': 'assert not torch.is_anomaly_enabled()',
};
