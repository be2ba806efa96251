import { shellWords, type Token, type Word } from './shellWords';

/** What the variables of a script are set to, as words. */
export type Variables = ReadonlyMap<string, readonly Word[]>;

/** Words that stand before a command without being its program. */
const reserved = /^(if|elif|else|then|do|while|until|\{|!|time|exec|nohup)$/;
const declaring = /^(export|local|declare|readonly|typeset)$/;

/**
 * The variables of a script and its commands. A variable that is set twice is not known, unless it is only added to:
 * `ARGS="$ARGS --bf16"`, `ARGS+=(--bf16)`.
 */
export function shellStatements(tokens: readonly Token[]): { variables: Variables; commands: Word[][] } {
  const variables = new Map<string, Word[]>();
  const twice = new Set<string>();
  const commands: Word[][] = [];
  let command: Word[] = [];
  let array: Word[] | null = null;
  const set = (name: string, adds: boolean, words: Word[]): Word[] => {
    const before = variables.get(name);
    const added = words.some(({ text }) => variableIn(text) === name);
    if (before && !adds && !added) twice.add(name);
    if (adds) words.unshift(...(before ?? []));
    const all = words.flatMap((word) => (variableIn(word.text) === name ? (before ?? []) : [word]));
    variables.set(name, all);
    return all;
  };
  const finish = (): void => {
    while (command[0] && reserved.test(command[0].text)) command.shift();
    const own = command.filter(({ text }) => !declaring.test(text));
    const settings = own.map((word) => assignment(word));
    if (own.length > 0 && settings.every((one) => one !== null))
      for (const one of settings) set(one.name, one.adds, one.value);
    else if (command.length > 0) commands.push(command.slice(settings.findIndex((one) => one === null)));
    command = [];
  };
  for (const token of tokens) {
    if (token === '(') {
      const opens = /^([A-Za-z_]\w*)(\+?)=$/.exec(command.at(-1)?.text ?? '');
      if (!opens) finish();
      else {
        array = set(opens[1]!, opens[2] === '+', []);
        command = [];
      }
    } else if (token === ')') {
      if (array) array = null;
      else finish();
    } else if (token === ';') {
      if (!array) finish();
    } else (array ?? command).push(token);
  }
  finish();
  for (const name of twice) variables.delete(name);
  return { variables, commands };
}

/** The words of a text that stands at an offset, brackets and ends of commands passed over. */
export function wordsIn(text: string, from: number): Word[] {
  return shellWords(text, from).filter((token): token is Word => typeof token !== 'string');
}

/** `$LR`, `${LR}`, `${ARGS[@]}`: the name of the variable; null for anything else. */
export function variableIn(text: string): string | null {
  return /^\$\{?([A-Za-z_]\w*)(\[[@*]\])?\}?$/.exec(text)?.[1] ?? null;
}

/** `LR=1e-4` is one word, `ARGS="--lr 1e-4 --bf16"` is as many as the shell makes of it. */
function assignment({
  text,
  start,
  end,
  quoted,
}: Word): { name: string; adds: boolean; value: Word[] } | null {
  const match = /^([A-Za-z_]\w*)(\+?)=/.exec(text);
  if (!match) return null;
  const [whole, name, plus] = match;
  const value = text.slice(whole.length);
  const from = start + whole.length + (quoted ? 1 : 0);
  const isOne = !/^\s*-|\s--?\w|\s\$\{?\w+\}?\s*$/.test(value);
  const words = isOne
    ? [{ text: value, start: from, end: end - (quoted ? 1 : 0), quoted }]
    : wordsIn(value, from);
  return { name: name!, adds: plus === '+', value: words };
}
