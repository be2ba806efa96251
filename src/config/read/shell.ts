import type { ConfigDocument, Entry, Scalar } from '../entry';
import { collect } from './collect';
import { Positions } from './positions';
import { shellStatements, variableIn, wordsIn, type Variables } from './shellStatements';
import { shellWords, type Word } from './shellWords';

/**
 * Reads the flags of the commands in a shell script, each command a document: `--weight-decay 0.1`, `--lr=1e-4`,
 * `trainer.max_epochs=10`, `--train.lr 1e-4`, over continued lines and out of variables that are set once, which may
 * hold many flags (`GPT_ARGS="--num-layers 24 …"`). A flag without a value is `true`.
 */
export function readShell(text: string): ConfigDocument[] {
  const positions = new Positions(text);
  const { variables, commands } = shellStatements(shellWords(text));
  return commands.flatMap(withHanded).flatMap((words) => {
    const budget = { left: MAX_WORDS };
    const all = withModule(words.flatMap((word) => expanded(word, variables, budget)));
    // A command that begins with a flag is the rest of one that a comment cut off: nobody gets it.
    if (all.length === 0 || isFlag(all[0]!.text)) return [];
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
    const isOpen = all.some(({ text: word }) => holdsArguments.test(word));
    return [collect('shell', text, entries, { command, isOpen })];
  });
}

interface Setting {
  path: string[];
  value: Scalar;
  key: { start: number; end: number };
  at: { start: number; end: number };
  shared?: true | undefined;
}

/** `$EXTRA_ARGS`, `"$@"`: a variable of flags, left where the script does not say which. */
const holdsArguments = /^\$(\{?\w*(args?|opts?|options?|flags?|params?|overrides?)\w*(\[[@*]\])?\}?|[@*])$/i;

/** How often a variable may stand in the value of another one, and how many words that may make of a command. */
const MAX_DEPTH = 5;
const MAX_WORDS = 5000;

/** A word, or the flags that its variable holds: `$GPT_ARGS`, `"${MODEL_ARGS[@]}"`. */
function expanded(word: Word, variables: Variables, budget: { left: number }, depth = 0): readonly Word[] {
  if (depth > MAX_DEPTH || --budget.left < 0) return [word];
  const held = named(word.text, variables);
  if (!held || !held.some(({ text }) => isFlag(text) || isVariable(text))) return [word];
  return held.flatMap((one) => expanded(one, variables, budget, depth + 1));
}

/** A command, and those that it is handed as text: `bash -c "python train.py --lr 1"`. */
function withHanded(words: readonly Word[]): (readonly Word[])[] {
  const handed = words.filter(isCommand).map(({ text, start }) => wordsIn(text, start));
  return [words.filter((word) => !isCommand(word)), ...handed];
}

function isCommand({ text, quoted }: Word): boolean {
  return quoted && /\.py\s[^]*--\w/.test(text);
}

/** `python -m pkg.train --lr 1`: a module that is run is the script `pkg.train.py`, and no value of a flag. */
function withModule(words: readonly Word[]): readonly Word[] {
  const at = words.findIndex(({ text }) => /^(-m|--module)$/.test(text) || isScript(text));
  const [flag, module] = [words[at], words[at + 1]];
  if (!flag || !module || isScript(flag.text) || !/^[A-Za-z_]\w*(\.\w+)*$/.test(module.text)) return words;
  return [...words.slice(0, at), { ...module, text: `${module.text}.py` }, ...words.slice(at + 2)];
}

/** `$LR`, `${LR}`, `${ARGS[@]}`: the words of the variable. */
function named(text: string, variables: Variables): readonly Word[] | undefined {
  const name = variableIn(text);
  return name === null ? undefined : variables.get(name);
}

function isVariable(text: string): boolean {
  return variableIn(text) !== null;
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
    while (i + 1 < words.length && isValue(words[i + 1]!.text)) values.push(words[++i]!);
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

/** What a flag may be followed by: `--opts model.lr=1` and `-m model.lr=1,2` are settings of their own. */
function isValue(text: string): boolean {
  return !isFlag(text) && !isScript(text) && !/^[+~]*[A-Za-z_][\w.@-]*=/.test(text);
}

function isScript(text: string): boolean {
  return /\.py$/.test(text);
}

function isFlag(text: string): boolean {
  return /^--?[A-Za-z]/.test(text);
}
