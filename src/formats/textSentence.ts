/** `finished. The training loss is`, `and the loss is` */
const IS = /(?:^|.*[.!] +)(?:and +)?(\S[^.!]*?) +is$/i;
/** `'val_loss' reached 0.5 (best 0.5)` */
const REACHED = /^['"]?([^\s'"]+)['"] +reached$/;
/** What may stand after the number of a sentence: its end, or that of a part; `3 times larger` may not. */
const ENDS = /^(?:[.,;)]*\s*$|[.,;)]\s|\s+and\s)/;

/**
 * The name in a piece of a sentence before a number: of `The training loss is` the part before the verb.
 * @param end where the number ends in the text
 */
export function nameInSentence(name: string, text: string, end: number): string {
  if (name.endsWith(' is')) return ENDS.test(text.slice(end, end + 12)) ? (IS.exec(name)?.[1] ?? name) : name;
  if (name.endsWith(' reached')) return REACHED.exec(name)?.[1] ?? name;
  return name;
}
