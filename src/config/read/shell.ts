import type { ConfigDocument, Entry, Scalar } from '../entry';
import { collect } from './collect';
import { Positions } from './positions';
import { shellWords, type Token, type Word } from './shellWords';

/**
 * Reads the flags of the commands in a shell script, each command a document: `--weight-decay 0.1`, `--lr=1e-4`,
 * `trainer.max_epochs=10`, `--train.lr 1e-4`, over continued lines and out of variables that are set once, which may
 * hold many flags (`GPT_ARGS="--num-layers 24 …"`). A flag without a value is `true`.
 */
export function readShell(text: string): ConfigDocument[] {
  const positions = new Positions(text);
  const { variables, commands } = statements(shellWords(text));
  return commands.flatMap((words) => {
    const all = words.flatMap((word) => expanded(word, variables));
    const entries = settingsOf(all, variables).map(({ path, value, key, at, shared }): Entry => ({
      path,
      value,
      keyRange: positions.range(key.start, key.end),
      valueRange: positions.range(at.start, at.end),
      ...(shared ? { shared } : {}),
    }));
    if (entries.length === 0) return [];
    const flags = all.findIndex(({ text: word }) => isFlag(word) || /^[+~]*[\w.]+=/.test(word));
    // The launcher's own flags stand before the script: `torchrun --nproc_per_node 8 train.py`.
    const program = all.filter(({ text: word }, i) => i < flags || isScript(word));
    const command = program.map((word) => word.text).join(' ');
    return [collect('shell', text, entries, { command })];
  });
}

interface Setting {
  path: string[];
  value: Scalar;
  key: { start: number; end: number };
  at: { start: number; end: number };
  shared?: true | undefined;
}

type Variables = ReadonlyMap<string, readonly Word[]>;

/** What the variables of a script are set to, as words, and its commands. A variable that is set twice is not known. */
function statements(tokens: readonly Token[]): { variables: Variables; commands: Word[][] } {
  const variables = new Map<string, Word[]>();
  const twice = new Set<string>();
  const commands: Word[][] = [];
  let command: Word[] = [];
  let array: Word[] | null = null;
  const set = (name: string, words: Word[]): void => {
    if (variables.has(name)) twice.add(name);
    variables.set(name, words);
  };
  const finish = (): void => {
    const assigned = command.map(({ text }) => /^([A-Za-z_]\w*)=/.exec(text)?.[1]);
    const only = command.filter(({ text }) => !/^(export|local|declare|readonly)$/.test(text));
    if (only.length === 1 && assigned.at(-1) !== undefined) set(assigned.at(-1)!, valueWords(only[0]!));
    else if (command.length > 0)
      commands.push(command.slice(assigned.findIndex((name) => name === undefined)));
    command = [];
  };
  for (const token of tokens) {
    if (token === '(') {
      const name = /^([A-Za-z_]\w*)=$/.exec(command.at(-1)?.text ?? '')?.[1];
      if (name === undefined) finish();
      else {
        array = [];
        set(name, array);
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

/** `LR=1e-4` is one word, `ARGS="--lr 1e-4 --bf16"` is as many as the shell makes of it. */
function valueWords({ text, start, end, quoted }: Word): Word[] {
  const equals = text.indexOf('=');
  const value = text.slice(equals + 1);
  const from = start + equals + 1 + (quoted ? 1 : 0);
  const plain: Word = { text: value, start: from, end: end - (quoted ? 1 : 0), quoted };
  if (!/^\s*-|\s--?\w/.test(value)) return [plain];
  return shellWords(value, from).filter((token): token is Word => typeof token !== 'string');
}

/** A word, or the flags that its variable holds: `$GPT_ARGS`, `"${MODEL_ARGS[@]}"`. */
function expanded(word: Word, variables: Variables): readonly Word[] {
  const words = named(word.text, variables);
  return words && words.some(({ text }) => isFlag(text)) ? words : [word];
}

/** `$LR`, `${LR}`, `${ARGS[@]}`: the words of the variable. */
function named(text: string, variables: Variables): readonly Word[] | undefined {
  const name = /^\$\{?([A-Za-z_]\w*)(\[[@*]\])?\}?$/.exec(text)?.[1];
  return name === undefined ? undefined : variables.get(name);
}

function settingsOf(words: readonly Word[], variables: Variables): Setting[] {
  const settings: Setting[] = [];
  for (let i = 0; i < words.length; i++) {
    const { text, start, end } = words[i]!;
    const [whole, dashes = '', name = '', equals] = /^(-{1,2}|[+~]*)([A-Za-z][\w.-]*)(=?)/.exec(text) ?? [];
    if (whole === undefined || (dashes === '' && !equals) || /^[+~]*$/.test(dashes) !== (dashes[0] !== '-'))
      continue;
    const path = name.split('.');
    const key = { start: start + dashes.length, end: start + dashes.length + name.length };
    if (equals) {
      const value = text.slice(whole.length);
      settings.push(
        settingOf(path, key, { text: value, start: start + whole.length, end, quoted: false }, variables),
      );
      continue;
    }
    const values: Word[] = [];
    while (i + 1 < words.length && !isFlag(words[i + 1]!.text) && !isScript(words[i + 1]!.text))
      values.push(words[++i]!);
    // A switch has no value that could be replaced.
    if (values.length === 0) settings.push({ path, value: true, key, at: { start, end }, shared: true });
    else if (values.length === 1) settings.push(settingOf(path, key, values[0]!, variables));
    else values.forEach((value, n) => settings.push(settingOf([...path, String(n)], key, value, variables)));
  }
  return settings;
}

function settingOf(path: string[], key: Setting['key'], word: Word, variables: Variables): Setting {
  const known = named(word.text, variables);
  const at = known?.length === 1 && !known[0]!.text.includes('$') ? known[0]! : word;
  return { path, value: scalar(at.text), key, at, shared: at === word ? undefined : true };
}

function scalar(text: string): Scalar {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  return text.includes('$') ? `\${${text}}` : text;
}

function isScript(text: string): boolean {
  return /\.py$/.test(text);
}

function isFlag(text: string): boolean {
  return /^--?[A-Za-z]/.test(text);
}
