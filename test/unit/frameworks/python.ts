import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';

/** The Python that tests may use: FITCHECK_PYTHON, else the one on the PATH. */
const python = process.env.FITCHECK_PYTHON ?? 'python3';

/** Runs a Python program. @returns its output @throws Error with what it printed */
export function runPython(code: string, args: string[] = [], input = ''): string {
  const { status, stdout, stderr } = spawnSync(python, ['-c', code, ...args], { encoding: 'utf8', input });
  if (status !== 0) throw new Error(`Python failed:\n${stderr}`);
  return stdout;
}

/** A group of tests that needs Python packages; skipped, with the reason in its name, where one is missing. */
export function describeWith(packages: string[], name: string, define: () => void): void {
  const code = packages.map((one) => `import ${one}`).join('\n');
  const { status } = spawnSync(python, ['-c', code], { encoding: 'utf8' });
  if (status === 0) describe(name, { timeout: 120_000 }, define);
  else describe.skip(`${name} (needs Python with ${packages.join(' and ')}; set FITCHECK_PYTHON)`, define);
}
