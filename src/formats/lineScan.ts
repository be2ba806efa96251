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
    `{' {" %| stopp killed slurmstepd outofmemory cudnn_status oom-kill oom_kill :::mlp :::mllog map50 map@ -------- namespace( t_env:`,
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
    'remaining: ',
  ].map((phrase) => [HAS.particular, phrase] as const),
];

const WIDTH = 256;
const { next, found } = buildAutomaton([
  ...KEYWORDS.flatMap(([flag, words]) => words.split(' ').map((word) => [flag, word] as const)),
  ...PHRASES,
]);

/** One pass over the bytes of a line: which keywords it holds, in any case, and a hash of all but its digits. */
export class LineScan {
  flags = 0;
  /** Equal for lines that differ only in their digits, however many of them stand in a row. */
  hash = 0;

  scan(bytes: Uint8Array, start: number, end: number): void {
    let hash = 17;
    let at = start;
    // An indentation separates no cells.
    while (at < end && (bytes[at] === 0x20 || bytes[at] === 0x09))
      hash = (Math.imul(hash, 31) + bytes[at++]!) | 0;
    let flags = at < end ? HAS.ink : 0;
    let state = 0;
    let inNumber = false;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (byte >= 0x30 && byte <= 0x39) {
        if (inNumber) continue;
        inNumber = true;
        state = 0;
        flags |= HAS.digit;
        hash = (Math.imul(hash, 31) + 0x30) | 0;
        continue;
      }
      inNumber = false;
      hash = (Math.imul(hash, 31) + byte) | 0;
      state = next[state * WIDTH + byte]!;
      flags |= found[state]!;
      if (byte >= 0x80) flags |= HAS.wide;
    }
    this.flags = flags;
    this.hash = hash;
  }
}

/** Aho and Corasick's automaton: finds all keywords in one pass, one table look-up a byte. */
function buildAutomaton(keywords: readonly (readonly [number, string])[]): {
  next: Uint16Array;
  found: Uint16Array;
} {
  const children = [new Map<number, number>()];
  const flags = [0];
  for (const [flag, word] of keywords) {
    let state = 0;
    for (const byte of Buffer.from(word)) {
      let child = children[state]!.get(byte);
      if (child === undefined) {
        child = children.push(new Map<number, number>()) - 1;
        flags.push(0);
        children[state]!.set(byte, child);
      }
      state = child;
    }
    flags[state]! |= flag;
  }
  const next = new Uint16Array(children.length * WIDTH);
  const fallback = new Uint16Array(children.length);
  for (let queue = [0]; queue.length > 0;) {
    const state = queue.shift()!;
    for (let byte = 0; byte < WIDTH; byte++) {
      const child = children[state]!.get(byte);
      const other = state === 0 ? 0 : next[fallback[state]! * WIDTH + byte]!;
      next[state * WIDTH + byte] = child ?? other;
      if (child === undefined) continue;
      fallback[child] = other;
      flags[child]! |= flags[other]!;
      queue.push(child);
    }
    // Capitals are read as small letters.
    for (let byte = 0x41; byte <= 0x5a; byte++)
      next[state * WIDTH + byte] = next[state * WIDTH + byte + 0x20]!;
  }
  return { next, found: Uint16Array.from(flags) };
}
