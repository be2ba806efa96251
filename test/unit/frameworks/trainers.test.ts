import { beforeAll, expect, it } from 'vitest';
import { runJobs, type Job } from './jobs';
import { describeWith } from './python';

const lightningData = `
import logging, torch, warnings, os, tempfile
os.chdir(tempfile.mkdtemp())
logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
torch.manual_seed(0)
pairs = [(torch.randn(8) * 100, i % 2) for i in range(32)]
loader = torch.utils.data.DataLoader(pairs, batch_size=16)
val_loader = torch.utils.data.DataLoader(pairs, batch_size=16)
`;

const lightning = (lr: string, epochs: number, shown = 'loss'): string => `import lightning as L
import torch
from torch import nn


class LitModel(L.LightningModule):
    def __init__(self):
        super().__init__()
        self.l1 = nn.Linear(8, 16)
        self.l2 = nn.Linear(16, 3)

    def forward(self, x):
        return self.l2(torch.relu(self.l1(x)))

    def training_step(self, batch, batch_idx):
        x, y = batch
        loss = nn.functional.cross_entropy(self(x), y)
        return loss

    def validation_step(self, batch, batch_idx):
        x, y = batch
        loss = nn.functional.cross_entropy(self(x), y)
        self.log("val_loss", ${shown})

    def on_before_optimizer_step(self, optimizer):
        norms.append(torch.stack([p.grad.norm() for p in self.parameters()]).norm().item())

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=${lr})


norms = []
model = LitModel()
trainer = L.Trainer(max_epochs=${epochs}, accelerator="cpu", logger=False, enable_progress_bar=False, enable_model_summary=False)
trainer.fit(model, loader, val_loader)
`;

const accelerate = `import torch
from accelerate import Accelerator

accelerator = Accelerator(gradient_accumulation_steps=2, cpu=True)
torch.manual_seed(0)
model = torch.nn.Linear(8, 2)
optimizer = torch.optim.AdamW(model.parameters(), lr=0.1)
model, optimizer, loader = accelerator.prepare(model, optimizer, loader)
for x, y in loader:
    with accelerator.accumulate(model):
        loss = torch.nn.functional.cross_entropy(model(x), y)
        accelerator.backward(loss)
        if accelerator.sync_gradients:
            pass
        optimizer.step()
        optimizer.zero_grad()
`;
const accelerateData = `
import torch
torch.manual_seed(0)
pairs = [(torch.randn(8) * 1000, i % 2) for i in range(32)]
loader = torch.utils.data.DataLoader(pairs, batch_size=8)
from torch.optim.optimizer import register_optimizer_step_pre_hook
norms, decays = [], []
def seen(optimizer, args, kwargs):
    grads = [p.grad for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
    if grads: norms.append(torch.stack([g.norm() for g in grads]).norm().item())
    decays.append([(p.ndim, g["weight_decay"]) for g in optimizer.param_groups for p in g["params"]])
hook = register_optimizer_step_pre_hook(seen)
`;

const trainer = (more: string, evaluation = ''): string => `import torch
from transformers import Trainer, TrainingArguments

args = TrainingArguments(
    output_dir="out",
    num_train_epochs=4,
    per_device_train_batch_size=8,
    report_to="none",
    use_cpu=True,
    disable_tqdm=True,
    ${more}
)
trainer = Trainer(model=model, args=args, train_dataset=rows${evaluation})
trainer.train()
`;
const trainerData = `
import os, tempfile, torch, types
os.chdir(tempfile.mkdtemp())
torch.manual_seed(0)
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = torch.nn.Linear(8, 2)
        self.config = types.SimpleNamespace(problem_type=None)
    def forward(self, x, labels=None):
        logits = self.fc(x)
        loss = torch.nn.functional.cross_entropy(logits, labels) if labels is not None else None
        if broken and self.training: loss = loss * float("nan")
        return {"loss": loss, "logits": logits}
broken = False
model = Net()
rows = [{"x": torch.randn(8), "labels": i % 2} for i in range(32)]
worse = [{"x": row["x"], "labels": 1 - row["labels"]} for row in rows]
`;

const jobs: readonly Job[] = [
  {
    name: 'Lightning: clipping',
    technique: 'gradient-clipping',
    script: lightning('1e-3', 1),
    before: lightningData,
    look: 'result = [len(norms), trainer.gradient_clip_val, trainer.gradient_clip_algorithm]\nafter = [p.grad for p in model.parameters() if p.grad is not None]\nresult.append(float(torch.stack([g.norm() for g in after]).norm()) if after else 0.0)',
  },
  {
    name: 'Lightning: weight decay',
    technique: 'weight-decay',
    script: lightning('1e-3', 1),
    before: lightningData,
    look: 'result = [type(trainer.optimizers[0]).__name__, [(p.ndim, g["weight_decay"]) for g in trainer.optimizers[0].param_groups for p in g["params"]]]',
  },
  {
    name: 'Lightning: dropout',
    technique: 'dropout',
    script: lightning('1e-3', 1),
    before: lightningData,
    look: `
x = torch.randn(4, 8)
model.train(); train = torch.equal(model(x), model(x))
model.eval(); result = [train, torch.equal(model(x), model(x))]`,
  },
  {
    name: 'Lightning: label smoothing',
    technique: 'label-smoothing',
    script: lightning('1e-3', 1),
    before: lightningData,
    look: `
x, y = next(iter(loader))
model.eval()
logits = model(x)
result = [model.training_step((x, y), 0).item(), nn.functional.cross_entropy(logits, y, label_smoothing=0.1).item()]`,
  },
  {
    name: 'Lightning: early stopping',
    technique: 'early-stopping',
    script: lightning('1e-3', 30, 'scripted[min(self.current_epoch, 1)]'),
    before: `${lightningData}scripted = [torch.tensor(1.0), torch.tensor(2.0)]\n`,
    look: 'result = [trainer.current_epoch, "epoch=0" in trainer.checkpoint_callback.best_model_path]',
  },
  {
    name: 'Lightning: ema',
    technique: 'ema',
    script: lightning('1e-1', 2),
    before: lightningData,
    look: 'result = [type(one).__name__ for one in trainer.callbacks if "Averaging" in type(one).__name__]',
  },
  {
    name: 'Lightning: swa',
    technique: 'swa',
    script: lightning('1e-1', 5),
    before: lightningData,
    look: 'result = [type(one).__name__ for one in trainer.callbacks if "Averaging" in type(one).__name__] + [trainer.optimizers[0].param_groups[0]["lr"] < 0.1]',
  },
  {
    name: 'accelerate: clipping',
    technique: 'gradient-clipping',
    script: accelerate,
    before: accelerateData,
    look: 'hook.remove()\nresult = [len(norms), max(norms)]',
  },
  {
    name: 'accelerate: weight decay',
    technique: 'weight-decay',
    script: accelerate,
    before: accelerateData,
    look: 'hook.remove()\nresult = decays[-1]',
  },
  {
    name: 'accelerate: ema',
    technique: 'ema',
    script: accelerate,
    before: accelerateData,
    look: 'hook.remove()\nresult = [int(ema_model.n_averaged), torch.equal(ema_model.module.weight, accelerator.unwrap_model(model).weight)]',
  },
  {
    name: 'Hugging Face: clipping, decay',
    technique: 'gradient-clipping',
    script: trainer('max_grad_norm=0.0,'),
    before: trainerData,
    look: 'result = [trainer.args.max_grad_norm, trainer.state.global_step]',
  },
  {
    name: 'Hugging Face: weight decay',
    technique: 'weight-decay',
    script: trainer('learning_rate=1e-3,'),
    before: trainerData,
    look: 'result = sorted({(p.ndim, g["weight_decay"]) for g in trainer.optimizer.param_groups for p in g["params"]})',
  },
  {
    name: 'Hugging Face: label smoothing',
    technique: 'label-smoothing',
    script: trainer('learning_rate=1e-3,'),
    before: trainerData,
    look: `
batch = {"x": torch.stack([r["x"] for r in rows]), "labels": torch.tensor([r["labels"] for r in rows])}
logits = model(**batch)["logits"]
result = [trainer.compute_loss(model, dict(batch)).item(), torch.nn.functional.cross_entropy(logits, batch["labels"], label_smoothing=0.1).item()]`,
  },
  {
    name: 'Hugging Face: early stopping',
    technique: 'early-stopping',
    script: trainer('learning_rate=0.1,', ', eval_dataset=worse').replace(
      'num_train_epochs=4',
      'num_train_epochs=30',
    ),
    before: trainerData,
    look: `
losses = [row["eval_loss"] for row in trainer.state.log_history if "eval_loss" in row]
best = losses.index(min(losses))
final = trainer.evaluate()["eval_loss"]
result = [len(losses) == best + 6, abs(final - min(losses)) < 1e-4, len(losses)]`,
  },
  {
    name: 'Hugging Face: NaN',
    technique: 'nan-filter',
    script: trainer('logging_steps=1,\n    max_steps=2,\n    save_strategy="no",'),
    before: `${trainerData}broken = True\n`,
    look: 'result = [str(row["loss"]) for row in trainer.state.log_history if "loss" in row]',
  },
  {
    name: 'Hugging Face: warm-up',
    technique: 'longer-warmup',
    script: trainer('learning_rate=1e-3,\n    logging_steps=1,\n    max_steps=8,'),
    before: trainerData,
    look: 'result = [trainer.args.warmup_steps, [row["learning_rate"] for row in trainer.state.log_history if "learning_rate" in row][:2]]',
  },
  {
    name: 'Hugging Face: learning rate',
    technique: 'lower-lr',
    script: trainer('max_steps=1,'),
    before: trainerData,
    look: 'result = trainer.args.learning_rate',
  },
];

describeWith(
  ['torch', 'lightning', 'accelerate', 'transformers'],
  'techniques written for trainers, observed',
  () => {
    let results: Map<string, unknown>;
    beforeAll(async () => {
      results = await runJobs(
        jobs,
        'import os\nos.environ["CUDA_VISIBLE_DEVICES"] = ""\nos.environ["USE_TF"] = "0"\n',
      );
    }, 120_000);
    const of = <T>(name: string): T => {
      const result = results.get(name);
      if (typeof result === 'string' && result.startsWith('failed')) throw new Error(result);
      return result as T;
    };

    it('Lightning: the Trainer clips', () => {
      const [steps, value, algorithm, norm] = of<[number, number, string, number]>('Lightning: clipping');
      expect([steps, value, algorithm]).toEqual([2, 1, 'norm']);
      expect(norm).toBeLessThanOrEqual(1.001);
    });

    it('Lightning: weight decay on matrices only', () => {
      const [name, groups] = of<[string, [number, number][]]>('Lightning: weight decay');
      expect(name).toBe('AdamW');
      for (const [ndim, decay] of groups) expect(decay > 0).toBe(ndim >= 2);
    });

    it('Lightning: dropout in training only', () => expect(of('Lightning: dropout')).toEqual([false, true]));

    it('Lightning: the training loss is smoothed', () => {
      const [loss, right] = of<number[]>('Lightning: label smoothing');
      expect(loss).toBeCloseTo(right!, 4);
    });

    it('Lightning: it stops five validations after the best, whose checkpoint is kept', () => {
      expect(of('Lightning: early stopping')).toEqual([6, true]);
    });

    it('Lightning: averages', () => {
      expect(of('Lightning: ema')).toEqual(['EMAWeightAveraging']);
      expect(of('Lightning: swa')).toEqual(['StochasticWeightAveraging', true]);
    });

    it('accelerate: gradients are clipped where they are whole', () => {
      const [steps, norm] = of<number[]>('accelerate: clipping');
      expect(steps).toBe(2);
      expect(norm).toBeLessThanOrEqual(1.001);
    });

    it('accelerate: weight decay on matrices only', () => {
      for (const [ndim, decay] of of<[number, number][]>('accelerate: weight decay'))
        expect(decay > 0).toBe(ndim >= 2);
    });

    it('accelerate: one average an optimizer step', () => expect(of('accelerate: ema')).toEqual([2, true]));

    it('Hugging Face: clipping and weight decay by arguments', () => {
      expect(of('Hugging Face: clipping, decay')).toEqual([1, 16]);
      expect(of('Hugging Face: weight decay')).toEqual([
        [1, 0],
        [2, 0.01],
      ]);
    });

    it('Hugging Face: the loss is smoothed', () => {
      const [loss, right] = of<number[]>('Hugging Face: label smoothing');
      expect(loss).toBeCloseTo(right!, 3);
    });

    it('Hugging Face: it stops, and has the best model at the end', () => {
      const [stopped, best, count] = of<[boolean, boolean, number]>('Hugging Face: early stopping');
      expect([stopped, best]).toEqual([true, true]);
      expect(count).toBeLessThan(30);
    });

    it('Hugging Face: a NaN loss is logged as one', () => {
      expect(of('Hugging Face: NaN')).toEqual(['nan', 'nan']);
    });

    it('Hugging Face: warm-up and learning rate', () => {
      const [steps, rates] = of<[number, number[]]>('Hugging Face: warm-up');
      expect(steps).toBe(1);
      expect(rates[0]).toBe(0);
      expect(of('Hugging Face: learning rate')).toBeCloseTo(5e-6, 12);
    });
  },
);
