import { parseNumber } from './numbers';
import { EMPTY, type TextRecord } from './textRecord';

const HEADER = /\bRecent Stats \| t_env:\s*\d+ \|/;
const PAIR = /([A-Za-z_]\w*):\s+(\S+)(?=\s|$)/g;

/** Whether the rows below a line hold all that PyMARL measured since the last time. */
export function isStatsHeader(text: string): boolean {
  return text.length < 500 && HEADER.test(text);
}

/** Reads `epsilon:   1.0000	grad_norm:   1.3117` below such a line, where every name is that of a curve; null for any other line. */
export function readStatsRow(text: string): TextRecord | null {
  if (text.length > 1000) return null;
  const pairs = [...text.matchAll(PAIR)];
  if (pairs.length === 0 || text.replace(PAIR, '').trim() !== '') return null;
  const values = pairs.map(([, , value]) => parseNumber(value!));
  if (values.includes(undefined)) return null;
  return {
    ...EMPTY,
    keys: pairs.map(([, key]) => key!),
    values: values as number[],
    splits: pairs.map(() => null),
  };
}
