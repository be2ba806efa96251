import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kaldi } from '../../../src/formats/kaldi';
import { recogniseFormat, sampleOf } from '../../../src/formats/registry';
import { discoverRuns } from '../../../src/runs/discovery';
import { RunReader } from '../../../src/runs/runReader';
import { temporaryFolder } from '../runs/fixtures';
import { points } from './recording';

const job = (model: string, said: string): string =>
  `# tool --verbose=1 "copy exp/nnet/${model}.mdl -|" ark:-\n# Started at Fri Feb 25 15:27:04\n` +
  `LOG (tool[5.5.1008~1-0be61]:main():tool.cc:105) Processed 50 utterances; for utterance A1 avg. like is -91.9 over 436 frames.\n` +
  `LOG (tool[5.5.1008~1-0be61]:main():tool.cc:115) Overall ${said}\n# Ended (code 0)\n`;
const accumulated = (model: string): string =>
  job(model, 'avg like per frame (Gaussian only) = -92.5 over 434641 frames.');

describe('a job of Kaldi', () => {
  it.each([
    [accumulated('39'), '39/- loglike per frame=-92.5'],
    [job('7', "average objective function for 'output' is -0.12 over 400000 frames."), '7/- objf output=-0.12'],
    [job('7', "log-likelihood for 'output' is -0.2 per frame, over 4000 frames."), '7/- objf output=-0.2'],
    [job('7', "accuracy for 'output' is 0.65 per frame, over 4000 frames."), '7/- accuracy output=0.65'],
  ])('is a point at the iteration of its model', (log, point) => {
    expect(recogniseFormat(sampleOf('acc.1.1.log', Buffer.from(log))).format).toBe(kaldi);
    expect(points(kaldi, log)).toEqual([point]);
  }); // prettier-ignore

  it.each([
    ['that only copied', job('3', 'nothing')],
    ['without a model', job('final', 'avg like per frame = -92.5 over 434641 frames.')],
  ])('%s is none', (_what, log) => {
    expect(kaldi.recognise(sampleOf('acc.1.1.log', Buffer.from(log))).confidence).toBe(0);
  });

  const folder = temporaryFolder();

  it('is one of a run: its folder', async () => {
    const root = await folder();
    const files = {
      'log/compute_prob_valid.0.log': job('0', "log-likelihood for 'output' is -0.5 per frame, over 40 frames."),
      'log/compute_prob_valid.10.log': job('10', "log-likelihood for 'output' is -0.2 per frame, over 40 frames."),
      'log/train.0.1.log': job('0', "average objective function for 'output' is -0.4 over 400 frames."),
      'log/update.0.log': job('0', 'avg like per frame = -92.5 over 400 frames.'),
      'log/train.0.2.log': job('0', "average objective function for 'output' is -0.3 over 400 frames."),
    }; // prettier-ignore
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    const runs = await discoverRuns(root);
    expect(runs.map(({ path }) => path)).toEqual([join(root, 'log')]);
    const { series } = await new RunReader(runs[0]!).readAll();
    expect(
      series.map(({ key, split, steps, values }) => [key, split, [...steps.view()], [...values.view()]]),
    ).toEqual([
      ['objf output', 'val', [0, 10], [-0.5, -0.2]],
      ['objf output', 'train', [0], [-0.4]],
    ]);
  });
});
