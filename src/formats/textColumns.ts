import { parseNumber } from './numbers';
import { EMPTY, type TextRecord } from './textRecord';

const HEADER = /(?:^|\s)Training\s+\|\s+Validation\s*$/;
const ROW = /(?:^|\s-\s)\s*([\w./@-]+)\s*\|\s*(\S+)\s*\|\s*(\S+)\s*$/;

/** Whether a line says that the numbers below it are of training and validation, as AllenNLP does. */
export function isSplitHeader(text: string): boolean {
  return text.length < 500 && HEADER.test(text);
}

/** Reads `loss | 0.510 | 0.543` below such a header; null for any other line. `N/A` is no value. */
export function readSplitRow(text: string): TextRecord | null {
  const row = text.length < 500 ? ROW.exec(text) : null;
  if (!row) return null;
  const [, name = '', train = '', val = ''] = row;
  const found = [
    [`training_${name}`, parseNumber(train)],
    [`validation_${name}`, parseNumber(val)],
  ].filter((pair): pair is [string, number] => pair[1] !== undefined);
  if (found.length === 0) return null;
  return {
    ...EMPTY,
    keys: found.map(([key]) => key),
    values: found.map(([, value]) => value),
    splits: found.map(() => null),
  };
}
