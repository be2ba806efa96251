import { mkdtemp, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copySample, samples, SCRIPT } from '../../../src/editor/samples';
import { planRemedy } from '../../../src/python/plan';
import type { TechniqueId } from '../../../src/remedies/remedy';
import { fitcheck } from '../cli/run';

const shipped = 'media/samples';

describe('the sample runs', () => {
  it('are all in the list, small, with their scripts', async () => {
    const folders = (await readdir(shipped, { withFileTypes: true })).filter((one) => one.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(samples.map(({ id }) => id as string).sort());
    for (const { id, log } of samples) {
      expect((await readdir(join(shipped, id))).sort()).toEqual([log, SCRIPT].sort());
      expect((await stat(join(shipped, id, log))).size).toBeLessThan(60_000);
    }
  });

  it.each(samples)('$id is what it is called', async ({ id, log }) => {
    const { stdout } = await fitcheck(['diagnose', join(shipped, id, log), '--json']);
    const [run] = (JSON.parse(stdout) as { runs: { verdict: { label: string; confidence: number } }[] }).runs;
    expect(run!.verdict.label).toBe(id);
    expect(run!.verdict.confidence).toBeGreaterThan(0.8);
  });

  it.each<[string, TechniqueId]>([
    ['overfitting', 'early-stopping'],
    ['overfitting', 'weight-decay'],
    ['overfitting', 'dropout'],
    ['unstable', 'gradient-clipping'],
    ['unstable', 'lower-lr'],
    ['underfitting', 'batch-norm'],
  ])('%s takes %s in its script', async (id, technique) => {
    const plan = await planRemedy(await readFile(join(shipped, id, SCRIPT), 'utf8'), technique);
    expect(plan).toMatchObject({ applicable: true });
  });

  it.each(samples)('$id has a remedy for its script among the first three', async ({ id, log }) => {
    const script = join(shipped, id, SCRIPT);
    const { stdout } = await fitcheck(['diagnose', join(shipped, id, log), '--script', script, '--json']);
    const [run] = (JSON.parse(stdout) as { runs: { remedies: { technique: TechniqueId }[] }[] }).runs;
    const text = await readFile(script, 'utf8');
    const first = run!.remedies.slice(0, 3);
    const plans = await Promise.all(first.map(({ technique }) => planRemedy(text, technique)));
    expect(plans.some(({ applicable }) => applicable)).toBe(true);
  });

  it('is copied once, kept when it was edited, and started over when that is wanted', async () => {
    const target = await mkdtemp(join(tmpdir(), 'fitcheck-sample-'));
    const copy = await copySample(samples[0]!, shipped, target);
    expect(copy.untouched).toBe(true);
    expect((await stat(copy.log)).mtimeMs).toBeLessThan(Date.now() - 60_000);
    await writeFile(copy.script, 'edited');
    expect(await copySample(samples[0]!, shipped, target)).toMatchObject({ untouched: false });
    expect(await readFile(copy.script, 'utf8')).toBe('edited');
    expect(await copySample(samples[0]!, shipped, target, true)).toMatchObject({ untouched: true });
  });
});
