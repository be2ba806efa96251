import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { versionRecord } from '../formats/eventFile';
import { temporaryFolder } from '../runs/fixtures';
import { fitcheck, overfitting } from './run';

const folder = temporaryFolder();

describe('fitcheck watch', () => {
  it('prints a line when the verdict changes, and ends at Ctrl-C', async () => {
    const path = join(await folder(), 'live.csv');
    await writeFile(path, overfitting(8));
    let appended = false;
    const { code, stdout } = await fitcheck(['watch', path], {
      until: (text) => {
        if (!appended && text.includes('step 7')) {
          appended = true;
          void appendFile(path, overfitting(40, 8));
        }
        return text.includes('overfitting');
      },
    });
    expect(code).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines[0]).toContain('following');
    expect(lines.at(-1)).toMatch(/step 47 {2}overfitting {2}"val_loss" rose/);
  });

  it('waits for a log that is still empty', async () => {
    const path = join(await folder(), 'empty.csv');
    await writeFile(path, '');
    setTimeout(() => void writeFile(path, overfitting(40)), 1_000);
    const { code, stdout } = await fitcheck(['watch', path], {
      until: (text) => text.includes('overfitting'),
    });
    expect([code, stdout.includes('step 39')]).toEqual([0, true]);
  });

  it('has no step to name before there are points', async () => {
    const root = await folder();
    const writer = join(root, 'events.out.tfevents.1.host');
    await writeFile(writer, versionRecord());
    const { code, stdout } = await fitcheck(['watch', writer], {
      until: (text) => text.includes('undetermined'),
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/no points yet {2}undetermined {2}No metrics were found in the log so far\./);
  });

  it('says what is wrong with a path', async () => {
    const { code, stderr } = await fitcheck(['watch', 'gone.csv']);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^fitcheck: .*no such file/)]);
  });
});
