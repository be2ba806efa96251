import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { plannable } from '../../../src/python/plan';
import type { TechniqueId } from '../../../src/remedies/remedy';

const folder = 'test/fixtures/python';

/** The hand-written shapes of scripts. */
export const shapes: readonly string[] = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

/** The techniques that a shape has an answer for: an edited file, or a reason. */
export function answered(shape: string): TechniqueId[] {
  return plannable.filter((one) =>
    ['py', 'txt'].some((ext) => existsSync(join(folder, shape, `${one}.${ext}`))),
  );
}

/** A script as it is before any edit. */
export function before(shape: string): string {
  return readFileSync(join(folder, shape, 'before.py'), 'utf8');
}

/** What a technique must make of it: the edited script, or why there is none. */
export function expected(shape: string, technique: TechniqueId): { script: string } | { reason: string } {
  const path = join(folder, shape, technique);
  return existsSync(`${path}.py`)
    ? { script: readFileSync(`${path}.py`, 'utf8') }
    : { reason: readFileSync(`${path}.txt`, 'utf8').trimEnd() };
}

/** Every script that is at hand: the shapes, and the examples of the pages about rules. */
export const scripts: readonly string[] = [
  ...shapes.map(before),
  ...readdirSync('docs/rules').flatMap((name) =>
    [...readFileSync(`docs/rules/${name}`, 'utf8').matchAll(/```python\n([^]*?)```/g)].map(
      ([, code]) => code!,
    ),
  ),
];
