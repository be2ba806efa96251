import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** Runs the built command line as a user would. */
export function fitcheck(
  args: string[],
  {
    env = {},
    cwd,
    until,
  }: { env?: Record<string, string>; cwd?: string; until?: (stdout: string) => boolean } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [resolve('dist/cli.js'), ...args], {
      env: { ...process.env, ...env },
      cwd,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text: Buffer) => {
      stdout += text.toString();
      if (until?.(stdout)) child.kill('SIGINT');
    });
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    child.once('close', (code) => done({ code, stdout, stderr }));
  });
}

/** A table of a run that overfits from its tenth epoch on. */
export function overfitting(epochs: number, from = 0): string {
  const rows = Array.from({ length: epochs }, (_, i) => {
    const epoch = from + i;
    const val = epoch <= 10 ? 1 - epoch * 0.04 : 0.6 + (epoch - 10) * 0.03;
    return `${epoch},${(1.1 * Math.exp(-epoch / 12)).toFixed(5)},${val.toFixed(5)}`;
  });
  return `${from === 0 ? 'epoch,loss,val_loss\n' : ''}${rows.join('\n')}\n`;
}
