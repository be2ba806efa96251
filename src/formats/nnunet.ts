import { parseNumber } from './numbers';
import { EMPTY, type TextRecord } from './textRecord';

const DICE = /\bPseudo dice \[([^\]]*)\]/;
/** NumPy 2 prints a number with its type. */
const TYPED = /np\.float\d+\(([^)]*)\)/g;

/** Reads `Pseudo dice [0.5, nan, 0.7]` of nnU-Net as its mean: nan is a class that the cases do not have. Null for other lines. */
export function readPseudoDice(text: string): TextRecord | null {
  const list = text.length < 5_000 ? DICE.exec(text)?.[1] : undefined;
  if (list === undefined) return null;
  const values = list
    .replace(TYPED, '$1')
    .split(',')
    .flatMap((cell) => parseNumber(cell.trim()) ?? [])
    .filter((value) => !Number.isNaN(value));
  if (values.length === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { ...EMPTY, keys: ['Pseudo dice'], values: [mean], splits: ['val'] };
}
