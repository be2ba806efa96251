/** Data made of tokens: text of a random grammar, and small puzzles over sequences. */
import type { Random } from '../random';
import { fill, type Problem } from './dataset';

export const SEQUENCES = ['parity', 'recall', 'sum'];

const problem = (width: number, targetsPer: number, classes: number, vocabulary: number) => ({
  kind: 'tokens' as const,
  width,
  targetsPer,
  classes,
  vocabulary,
  outputs: classes,
  loss: 'cross-entropy' as const,
  scale: 1,
});

/**
 * Text in which the next token hangs on the one before and, more weakly, on the one before that.
 * @param everyToken whether each token has its successor as target, or only the last
 */
export function text(random: Random, length: number, everyToken: boolean): Problem {
  const vocabulary = random.integer(10, 50);
  const followers = (contexts: number) =>
    Array.from({ length: contexts }, () =>
      Array.from({ length: random.integer(1, 4) }, () => random.integer(0, vocabulary - 1)),
    );
  const [last, lastTwo] = [followers(vocabulary), followers(vocabulary * 6)];
  const [far, chaos] = [random.uniform(0.1, 0.6), random.uniform(0.02, 0.25)];
  const next = (before: number, previous: number, source: Random): number => {
    if (source.chance(chaos)) return source.integer(0, vocabulary - 1);
    const context = source.chance(far) ? lastTwo[previous * 6 + (before % 6)]! : last[previous]!;
    // The first followers are the likely ones.
    return context[Math.floor(context.length * source.next() ** 2)]!;
  };
  return {
    ...problem(length, everyToken ? length : 1, vocabulary, vocabulary),
    draw: (count, source) =>
      fill(count, length, everyToken ? length : 1, (x, y) => {
        let [before, previous] = [source.integer(0, vocabulary - 1), source.integer(0, vocabulary - 1)];
        for (let i = 0; i < length; i++) {
          x[i] = previous;
          const token = next(before, previous, source);
          if (everyToken) y[i] = token;
          else y[0] = token;
          [before, previous] = [previous, token];
        }
      }),
  };
}

/** One answer at the end of a sequence. */
export function sequence(name: string, random: Random): Problem {
  const symbols = name === 'parity' ? 2 : random.integer(3, 8);
  const length = name === 'parity' ? random.integer(3, 6) : random.integer(4, 10);
  const flips = random.uniform(0, 0.12);
  return {
    ...problem(length, 1, name === 'sum' ? symbols + 1 : symbols, symbols),
    draw: (count, source) =>
      fill(count, length, 1, (x, y) => {
        let total = 0;
        for (let i = 0; i < length; i++) {
          x[i] = source.integer(0, symbols - 1);
          total += x[i]!;
        }
        if (name === 'parity') y[0] = total % 2;
        else if (name === 'recall') y[0] = x[0]!;
        // The mean symbol, doubled and folded into as many classes as there are symbols.
        else y[0] = Math.min(symbols, Math.round((total / length) * 1.2));
        if (source.chance(flips)) y[0] = source.integer(0, symbols - 1);
      }),
  };
}
