import { expect, test, vi } from 'vitest';
import { ConfigTrainings } from '../../../src/editor/configTrainings';
import { Uri } from './fakeVscode';

vi.mock('vscode', () => import('./fakeVscode'));

test('a config is read once, and again when what it inherits has changed', async () => {
  const text = '_BASE_: base.yaml\nSOLVER:\n  BASE_LR: 0.1\n  WARMUP_ITERS: 9000\n';
  let [base, stamp, reads] = ['SOLVER:\n  MAX_ITER: 5000\n', 0, 0];
  const read = (): Promise<string> => {
    reads++;
    return Promise.resolve(base);
  };
  const around = { read, list: () => Promise.resolve([]) };
  const projects = { readers: { stampOf: () => stamp }, around: () => around };
  const trainings = new ConfigTrainings(projects as never);
  const document = { uri: Uri.file('/child.yaml'), languageId: 'yaml', version: 1, getText: () => text };
  const inherited = async (): Promise<unknown[]> => {
    const [config] = await trainings.of(document as never);
    return config!.inherited.settings.map(({ entry }) => entry.value);
  };
  expect(await inherited()).toEqual([5000]);
  await inherited();
  expect(reads).toBe(1);
  [base, stamp] = ['SOLVER:\n  MAX_ITER: 90000\n', 1];
  expect(await inherited()).toEqual([90_000]);
});
