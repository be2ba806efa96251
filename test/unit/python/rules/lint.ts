import { expect } from 'vitest';
import type { LintFinding } from '../../../../src/findings/finding';
import { parsePython } from '../../../../src/python/parser';
import { lintScript } from '../../../../src/python/lint';
import { applyEdits } from '../../../../src/remedies/textEdit';

/** The findings of one rule in a script. */
export async function findings(code: string, source: string, path = 'train.py'): Promise<LintFinding[]> {
  return (await lintScript(source, path)).filter((one) => one.code === code);
}

/** Their severities, in order. */
export async function severities(code: string, source: string): Promise<string[]> {
  return (await findings(code, source)).map(({ severity }) => severity);
}

/** The script as the fix of a rule's first finding makes it: it parses, and the finding is gone. */
export async function fixed(code: string, source: string): Promise<string> {
  const before = await findings(code, source);
  const fix = before[0]?.fix;
  if (!fix) throw new Error(`${code} has no fix here: ${JSON.stringify(before)}`);
  const result = applyEdits(source, fix.edits);
  expect(await isWhole(result)).toBe(true);
  expect((await findings(code, result)).length).toBeLessThan(before.length);
  return result;
}

export async function isWhole(source: string): Promise<boolean> {
  const tree = await parsePython(source);
  try {
    return !tree.rootNode.hasError;
  } finally {
    tree.delete();
  }
}
