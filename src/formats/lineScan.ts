import { isBlank, isDigit } from './charCodes';

/** What a line contains, as bits of {@link LineScan.flags}. */
export const HAS = {
  digit: 1,
  /** `nan` or `inf`, perhaps within a word. */
  wordNumber: 2,
  /** What only a reader of its own understands: a dict, a progress bar, a crash, a repeated round. */
  particular: 4,
  /** `:` or `=` */
  separator: 8,
  /** What can stand between the cells of a table. */
  columns: 16,
  training: 32,
  /** With `training` perhaps the last words of a run. */
  ending: 64,
  split: 128,
  /** ` - `, which Keras writes between its metrics. */
  dash: 256,
  /** Characters beyond ASCII. */
  wide: 512,
  /** Something other than blanks. */
  ink: 1024,
} as const;

const KEYWORDS: readonly (readonly [number, string])[] = [
  [HAS.wordNumber, 'nan inf'],
  [
    HAS.particular,
    `{' {" %| stopp killed slurmstepd outofmemory cudnn_status oom-kill oom_kill :::mlp :::mllog map@ -------- namespace( t_env: =none =true =false`,
  ],
  [HAS.separator, ': ='],
  [HAS.columns, '| \t'],
  [HAS.training, 'training'],
  [HAS.ending, 'complet finish done end stop'],
  [HAS.split, 'train val eval test dev 训练 验证 测试'],
];
/** Keywords that hold blanks themselves. */
const PHRASES: readonly (readonly [number, string])[] = [
  [HAS.columns, '  '],
  [HAS.dash, ' - '],
  ...[
    'out of memory',
    'segmentation fault',
    'core dumped',
    'due to time limit',
    'device-side assert',
    'traceback (most',
    'best iteration is',
    'training |',
    'num epochs =',
    'optimization steps =',
    'batch size per device =',
    'pseudo dice [',
    'hyperparameters: ',
    'remaining: ',
  ].map((phrase) => [HAS.particular, phrase] as const),
];

/** What a single byte says, from the first to the last that does. */
const BYTES: readonly (readonly [number, number, number])[] = [
  [HAS.digit, 0x30, 0x39],
  [HAS.wide, 0x80, 0xff],
];

/** A row of the table has room for so many classes of bytes; few, so that the rows in use stay in the nearest cache. */
const WIDTH_BITS = 6;
const { classes, next, found } = buildAutomaton([
  ...KEYWORDS.flatMap(([flag, words]) => words.split(' ').map((word) => [flag, word] as const)),
  ...PHRASES,
]);

/** One pass over the bytes of a line: which keywords it holds, in any case. Gives the bits of {@link HAS}. */
export function scanLine(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  // An indentation separates no cells.
  while (at < end && isBlank(bytes[at]!)) at++;
  let flags = at < end ? HAS.ink : 0;
  let state = 0;
  for (; at < end; at++) {
    state = next[state + classes[bytes[at]!]!]!;
    flags |= found[state >> WIDTH_BITS]!;
  }
  return flags;
}

/** A hash of a line that is equal for lines that differ only in their digits, however many of them stand in a row. */
export function hashLine(bytes: Uint8Array, start: number, end: number): number {
  let hash = 17;
  let inNumber = false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    const digit = isDigit(byte);
    if (!digit) hash = (Math.imul(hash, 31) + byte) | 0;
    else if (!inNumber) hash = (Math.imul(hash, 31) + 0x30) | 0;
    inNumber = digit;
  }
  return hash;
}

/**
 * Aho and Corasick's automaton: finds all keywords in one pass, one table look-up a byte. A state is the start of its row
 * in the table; bytes that no keyword tells apart are one class.
 */
function buildAutomaton(keywords: readonly (readonly [number, string])[]): {
  classes: Uint8Array;
  next: Uint16Array;
  found: Uint16Array;
} {
  const children = [new Map<number, number>()];
  const flags = [0];
  const classes = classesOf(keywords.map(([, word]) => word));
  const bytes = BYTES.flatMap(([flag, first, last]) =>
    Array.from({ length: last - first + 1 }, (_, i) => [flag, [first + i]] as const),
  );
  for (const [flag, word] of [
    ...keywords.map(([flag, word]) => [flag, Buffer.from(word)] as const),
    ...bytes,
  ]) {
    let state = 0;
    for (const byte of word) {
      let child = children[state]!.get(classes[byte]!);
      if (child === undefined) {
        child = children.push(new Map<number, number>()) - 1;
        flags.push(0);
        children[state]!.set(classes[byte]!, child);
      }
      state = child;
    }
    flags[state]! |= flag;
  }
  const width = 1 << WIDTH_BITS;
  const next = new Uint16Array(children.length * width);
  const fallback = new Uint16Array(children.length);
  for (let queue = [0]; queue.length > 0;) {
    const state = queue.shift()!;
    for (let kind = 0; kind < width; kind++) {
      const child = children[state]!.get(kind);
      const other = state === 0 ? 0 : next[fallback[state]! * width + kind]! >> WIDTH_BITS;
      next[state * width + kind] = (child ?? other) << WIDTH_BITS;
      if (child === undefined) continue;
      fallback[child] = other;
      flags[child]! |= flags[other]!;
      queue.push(child);
    }
  }
  return { classes, next, found: Uint16Array.from(flags) };
}

/** A class for each byte of the keywords, one for the other bytes of a row of {@link BYTES}, and one for all others. */
function classesOf(words: readonly string[]): Uint8Array {
  const classes = new Uint8Array(256);
  let count = 1;
  for (const byte of new Set(Buffer.from(words.join('')))) classes[byte] = count++;
  for (const [, first, last] of BYTES) {
    for (let byte = first; byte <= last; byte++) if (classes[byte] === 0) classes[byte] = count;
    count++;
  }
  // Capitals are read as small letters.
  for (let byte = 0x41; byte <= 0x5a; byte++) classes[byte] = classes[byte + 0x20]!;
  return classes;
}
