import { parseNumber } from './numbers';
import { EMPTY, type TextRecord } from './textRecord';

const LINE = /^(\d+):\s+learn: (\S+)(?:\s+test: (\S+))?(?:\s+best: \S+ \(\d+\))?\s+total: .*\bremaining: \S/;

/**
 * Reads `12:	learn: 0.59	test: 0.60	best: 0.60 (12)	total: 50ms	remaining: 5s`; null for other lines. The
 * line does not say which metric that is, so that neither way of it is the better one.
 */
export function readCatBoost(text: string): TextRecord | null {
  const [, count, learn = '', test] = (text.length < 300 ? LINE.exec(text) : null) ?? [];
  if (count === undefined) return null;
  const found = (['learn', 'test'] as const).flatMap((key) => {
    const value = parseNumber((key === 'learn' ? learn : test) ?? '');
    return value === undefined ? [] : [{ key, value }];
  });
  if (found.length === 0) return null;
  return {
    ...{ ...EMPTY, count: Number(count) },
    keys: found.map(({ key }) => key),
    values: found.map(({ value }) => value),
    splits: found.map(({ key }) => (key === 'learn' ? 'train' : 'val')),
  };
}
