import { beforeAll, expect, it } from 'vitest';
import type { TechniqueId } from '../../../src/remedies/remedy';
import { expected } from '../python/shapes';
import { describeWith, runPython } from './python';

/**
 * Runs scripts in one process (PyTorch takes its time to load), each with the names that it leaves open, and prints
 * what each optimizer step saw: the norm of the gradients, the decay of vectors (biases, norms) and of matrices.
 */
const driver = `
import contextlib, io, json, sys, warnings
import torch
from torch import nn
from torch.optim.optimizer import register_optimizer_step_post_hook
warnings.simplefilter("ignore")
torch.manual_seed(0)
steps = []
def seen(optimizer, args, kwargs):
    groups = optimizer.param_groups
    grads = [p.grad for g in groups for p in g["params"] if p.grad is not None]
    if not grads:
        return
    decay = lambda test: sorted({g["weight_decay"] for g in groups if "weight_decay" in g for p in g["params"] if test(p)})
    steps.append({
        "norm": torch.stack([g.norm() for g in grads]).norm().item(),
        "vectors": decay(lambda p: p.ndim < 2),
        "matrices": decay(lambda p: p.ndim >= 2),
    })
register_optimizer_step_post_hook(seen)
class Net(nn.Linear):
    def __init__(self): super().__init__(8, 2)
xs = [torch.randn(16, 8) * 1000 for _ in range(4)]
pairs = [(x, torch.randint(0, 2, (16,))) for x in xs]
first = torch.nn.Linear(8, 8); second = torch.nn.Linear(8, 2)
def run(job):
    global steps
    steps = []
    torch.manual_seed(0)
    names = dict(
        __name__="__main__", Net=Net, make_model=Net, Critic=Net, Generator=lambda: nn.Linear(8, 8), Discriminator=Net,
        model=Net(), data=xs, loader=pairs, train_iter=xs, xs=xs, pairs=pairs, x=xs[0], y=pairs[0][1], steps=2,
        history=[], zeros=torch.zeros(16, dtype=torch.long), real=torch.ones(16, dtype=torch.long),
        fake=xs[1], criterion=nn.CrossEntropyLoss(), encoder=first, decoder=second, use_amp=False, accumulate=2,
    )
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            for code in (job["before"], job["script"].lstrip("\\ufeff"), job["after"]):
                exec(compile(code, "script.py", "exec"), names)
        return steps
    except Exception as error:
        return f"{type(error).__name__}: {error}"
print(json.dumps([run(job) for job in json.loads(sys.stdin.buffer.read())]))
`;

interface Step {
  norm: number;
  vectors: number[];
  matrices: number[];
}

type Job = readonly [shape: string, before: string, after: string];

/** What the steps of each job saw; an error message where it failed. */
function runAll(jobs: readonly Job[], technique: TechniqueId): Map<string, Step[] | string> {
  const input = jobs.map(([shape, before, after]) => {
    const wanted = expected(shape, technique);
    if ('reason' in wanted) throw new Error(wanted.reason);
    return { before, script: wanted.script, after };
  });
  const results = JSON.parse(runPython(driver, [], JSON.stringify(input))) as (Step[] | string)[];
  return new Map(jobs.map(([shape], i) => [shape, results[i]!]));
}

function stepsOf(results: ReadonlyMap<string, Step[] | string>, shape: string): Step[] {
  const steps = results.get(shape)!;
  if (typeof steps === 'string') throw new Error(steps);
  expect(steps.length).toBeGreaterThan(0);
  return steps;
}

/** What a shape needs before it runs, and what makes it train where it only defines functions. */
const runnable: readonly Job[] = [
  ['plain-function-loop', '', 'train(pairs, 1)'],
  ['main-guard-loop', '', ''],
  ['trainer-class', '', 'Trainer(model, xs).run_epoch()'],
  ['method-on-module', '', 'Regressor().fit(x[:, :4], x[:, :1])'],
  ['statement-between', '', ''],
  ['list-plus-list', '', ''],
  ['filter-params', '', ''],
  ['generator-variable', '', ''],
  ['amp-accumulation', 'import types; args = types.SimpleNamespace(wd=0.05)', ''],
  ['one-line-statements', '', ''],
  ['one-line-if', '', ''],
  ['step-none', '', ''],
  ['tabs', '', 'train([(x[:, :4], y) for x, y in pairs])'],
  ['tabs-and-spaces', '', 'train(model, xs)'],
  ['two-spaces', '', 'train(xs)'],
  ['crlf', 'data = [(x[:, :4], y) for x, y in pairs]', ''],
  ['bom', '', ''],
  ['emoji', '', ''],
  ['torch-as-th', '', ''],
  ['variable-optim', '', ''],
  ['from-import-parenthesised', '', ''],
  ['compiled-model', 'import torch; torch.compile = lambda model: model', ''],
  ['nested-backward', '', 'run()'],
  ['type-comments', '', ''],
];

const clipped: readonly Job[] = [
  ...runnable,
  [
    'optimizer-passed-in',
    '',
    'import torch; train(model, "cpu", pairs, torch.optim.SGD(model.parameters(), lr=0.1), 1)',
  ],
  ['two-backwards-one-step', 'data = [(x, x * 2) for x in xs]', ''],
  ['gan-two-optimizers', 'loader = xs', ''],
  ['amp-if-else', '', ''],
  ['lbfgs-closure', '', ''],
];

describeWith(['torch'], 'shapes with clipping inserted, run by PyTorch', () => {
  let results: Map<string, Step[] | string>;
  beforeAll(() => {
    results = runAll(clipped, 'gradient-clipping');
  }, 120_000);

  it.each(clipped)('%s: no step sees a gradient longer than the bound', (shape) => {
    const norms = stepsOf(results, shape).map(({ norm }) => norm);
    expect(Math.max(...norms)).toBeLessThanOrEqual(1.001);
    expect(Math.max(...norms)).toBeGreaterThan(0);
  });
});

describeWith(['torch'], 'shapes with weight decay inserted, run by PyTorch', () => {
  let results: Map<string, Step[] | string>;
  beforeAll(() => {
    results = runAll(runnable, 'weight-decay');
  }, 120_000);

  it.each(runnable)('%s: matrices decay; vectors do not where the groups are split', (shape) => {
    const wanted = expected(shape, 'weight-decay') as { script: string };
    for (const { vectors, matrices } of stepsOf(results, shape)) {
      expect(matrices.every((decay) => decay > 0)).toBe(true);
      if (wanted.script.includes('no_decay')) expect(vectors).toEqual([0]);
    }
  });
});
