import { normal } from './entry';

/** A key pattern, made ready for many comparisons. */
export type Matcher = (path: readonly string[]) => boolean;

/**
 * The test for a key pattern: `a.b` is that path, `**.b` the key `b` at any depth, `*_conf.b` any one mapping of such a
 * name. Positions in lists are passed over (`callbacks.0.patience` is `callbacks.patience`) unless the pattern names one.
 */
export function matcherOf(pattern: string): Matcher {
  const parts = pattern.split('.').map((part) => (part === '**' ? null : partTest(normal(part))));
  const leading = parts[0] === null;
  const rest = (leading ? parts.slice(1) : parts) as ((key: string) => boolean)[];
  return (path) => {
    const keys = path.filter((key) => !/^\d+$/.test(key));
    if (leading ? keys.length < rest.length : keys.length !== rest.length) return false;
    const from = keys.length - rest.length;
    return rest.every((test, i) => test(normal(keys[from + i]!)));
  };
}

function partTest(part: string): (key: string) => boolean {
  if (!part.includes('*')) return (key) => key === part;
  const escaped = part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  const whole = new RegExp(`^${escaped}$`);
  return (key) => whole.test(key);
}
