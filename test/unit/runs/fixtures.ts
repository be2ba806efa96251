import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';

/** A folder of its own for each test, removed afterwards. */
export function temporaryFolder(): () => Promise<string> {
  const made: string[] = [];
  afterEach(async () => {
    for (const folder of made.splice(0)) await rm(folder, { recursive: true, force: true });
  });
  return async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fitcheck-test-'));
    made.push(folder);
    return folder;
  };
}

/** A Keras-like table: `rows` epochs, training loss falling, validation loss as given. */
export function csvLog(rows: number, from = 0): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const epoch = from + i;
    return `${epoch},${(1 / (epoch + 1)).toFixed(4)},${(1.2 / (epoch + 1)).toFixed(4)}`;
  });
  return `${from === 0 ? 'epoch,loss,val_loss\n' : ''}${lines.join('\n')}\n`;
}
