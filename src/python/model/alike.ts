import type { Call } from './call';
import { oncePer } from './once';

/** What calls of one kind have in common. */
type Kind = Pick<Call, 'name' | 'path'>;

/** The calls of a file by what they call: a file calls the same few things again and again. */
const alike = oncePer((calls: readonly Call[]): readonly { kind: Kind; at: number[] }[] => {
  const found = new Map<string, { kind: Kind; at: number[] }>();
  calls.forEach((call, i) => {
    const key = `${call.path} ${call.name}`;
    const same = found.get(key);
    if (same) same.at.push(i);
    else found.set(key, { kind: call, at: [i] });
  });
  return [...found.values()];
});

/** The calls whose name and path pass a test, in order of the text: each kind is tested once. */
export function callsWhere(
  { calls }: { calls: readonly Call[] },
  test: (kind: Kind) => boolean,
): readonly Call[] {
  const passing = alike(calls).filter(({ kind }) => test(kind));
  const [only] = passing;
  if (!only) return [];
  const at = passing.length === 1 ? only.at : passing.flatMap((one) => one.at).sort((a, b) => a - b);
  return at.map((i) => calls[i]!);
}

/** Whether the name and path of any call pass a test. */
export function someCall({ calls }: { calls: readonly Call[] }, test: (kind: Kind) => boolean): boolean {
  return alike(calls).some(({ kind }) => test(kind));
}
