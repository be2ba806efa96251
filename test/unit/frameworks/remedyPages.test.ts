import { beforeAll, describe, expect, it } from 'vitest';
import { runJobs } from './jobs';
import { pageBlocks } from './pageBlocks';
import { before, checks } from './pageChecks';
import { describeWith, runPython } from './python';

const blocks = pageBlocks();

/** Frameworks that are loaded in one process, and what that process is told. */
const processes: readonly { frameworks: readonly string[]; packages: string[]; environment?: string }[] = [
  { frameworks: ['torch', 'torchvision', 'timm'], packages: ['torch', 'torchvision', 'timm'] },
  {
    frameworks: ['keras'],
    packages: ['torch', 'keras'],
    environment:
      'import os\nos.environ["KERAS_BACKEND"] = "torch"\nos.environ["CUDA_VISIBLE_DEVICES"] = ""\n',
  },
  {
    frameworks: ['lightning', 'transformers', 'accelerate'],
    packages: ['torch', 'lightning', 'transformers', 'accelerate'],
  },
];

describe('the code on the pages of the remedies', () => {
  it('is run where a framework can be had, and every check is of a block', () => {
    const run = blocks.filter((block) => block.run);
    const known = processes.flatMap(({ frameworks }) => frameworks);
    expect(run.filter(({ framework }) => !known.includes(framework))).toEqual([]);
    expect(Object.keys(checks).filter((name) => !run.some((block) => block.name === name))).toEqual([]);
  });
});

describeWith(
  [],
  'the code on the pages of the remedies for optax, Flax and MLX, which tests do not have',
  () => {
    it('compiles', () => {
      const sources = blocks.filter(({ run }) => !run).map(({ name, code }) => [name, code]);
      const code =
        'import json, sys\nfor name, code in json.load(sys.stdin): compile(code, name, "exec"); print(name)';
      const compiled = runPython(code, [], JSON.stringify(sources)).trim().split(/\r?\n/);
      expect(compiled).toEqual(sources.map(([name]) => name));
    });
  },
);

for (const { frameworks, packages, environment } of processes) {
  const run = blocks.filter((block) => block.run && frameworks.includes(block.framework));
  describeWith(packages, `the code on the pages of the remedies: ${frameworks.join(', ')}`, () => {
    let results: Map<string, unknown>;
    beforeAll(async () => {
      const jobs = run.map(({ name, framework, code }) => ({
        name,
        technique: null,
        before: before[framework]!,
        script: code,
        look: `${checks[name] ?? ''}\nresult = "ran"`,
      }));
      results = await runJobs(jobs, environment);
    }, 300_000);

    it.each(run)('$name', ({ name }) => expect(results.get(name)).toBe('ran'));
  });
}
