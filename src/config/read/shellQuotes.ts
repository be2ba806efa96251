/** Where the quote that opens here is closed; a quote without an end is being typed, and ends with its line. */
export function closing(script: string, open: number): number {
  const quote = script[open]!;
  for (let i = open + 1; i < script.length; i++) {
    if (script[i] === quote) return i;
    if (quote === "'") continue;
    if (script[i] === '\\') i++;
    // `"$(ls "$x")"`: quotes in a substitution are its own.
    else if (script[i] === '$' && script[i + 1] === '(') i = substitutionEnd(script, i + 1) - 1;
  }
  return lineEnd(script, open);
}

/** Behind the bracket that closes the one of a `$(…)` or `${…}`; the end of the text where none does. */
export function substitutionEnd(script: string, open: number): number {
  const [up, down] = script[open] === '(' ? ['(', ')'] : ['{', '}'];
  let depth = 0;
  for (let i = open; i < script.length; i++) {
    if (script[i] === up) depth++;
    else if (script[i] === down && --depth === 0) return i + 1;
  }
  return script.length;
}

/** Where the line that an offset is in ends, its break not included. */
export function lineEnd(script: string, from: number): number {
  const at = script.indexOf('\n', from);
  return at === -1 ? script.length : at;
}
