import { interpreters, launchers, neverTrain, prefixes, pythons, runners } from './launchers';
import { shells, taskRunners, trainers, wrappers } from './launchers';
import { withoutSecrets } from './secrets';
import { splitCommands, type Quoting, type SimpleCommand } from './shellWords';

/** What a command line starts that may be a training. */
export interface Launch {
  /** The command without what stands in front of it, and without secrets: `python train.py --lr 1e-3`. */
  readonly label: string;
  /** The script as it was typed, null where none is named. */
  readonly script: string | null;
  /** The Python module that runs (`-m`), null where none is named. */
  readonly module: string | null;
  /** The words after script, module or program. */
  readonly args: readonly string[];
  /** The folders that `cd` went to before, in order. */
  readonly folders: readonly string[];
  /** Whether the exit code of the line is that of this command, and tells how the training ended. */
  readonly tellsExit: boolean;
}

type Target = Pick<Launch, 'script' | 'module' | 'args'>;

/** VS Code's tasks announce themselves in the place of a command line. */
const TASK = /^\s*\*\s+Executing task(?: in folder [^:]*)?:\s/;

const LONGEST_LABEL = 80;
/** What a program is told after so many words says nothing of what it is. */
const MOST_WORDS = 400;
const NAMED_LIKE_TRAINING = /train|fine-?_?tun|\bfit\b|experiment/i;

/**
 * Whether a command line may be a training, by its words alone: the first of its commands that may. Everything else is to be
 * left unread. What goes to the background is no part of the terminal's command and is left, too.
 */
export function launchOf(line: string, quoting: Quoting = 'posix'): Launch | null {
  const commands = splitCommands(line.replace(TASK, ''), quoting) ?? [];
  const folders: string[] = [];
  for (const [index, command] of commands.entries()) {
    if (command.words[0] === 'cd' && command.words[1] !== undefined) folders.push(command.words[1]);
    const words = withoutDebugger(withoutPrefixes(command.words));
    const target = words.length > 0 ? targetOf(words) : null;
    if (target === null || inBackground(commands, index)) continue;
    return { label: labelOf(words), ...target, folders, tellsExit: isLast(commands, index) };
  }
  return null;
}

function inBackground(commands: readonly SimpleCommand[], from: number): boolean {
  const end = commands.slice(from).find(({ then }) => then !== '|' && then !== '&&' && then !== '||');
  return end?.then === '&';
}

/** Behind a pipe the exit code is another program's; after `;` and `||` as well. */
function isLast(commands: readonly SimpleCommand[], index: number): boolean {
  const { then } = commands[index]!;
  return index === commands.length - 1 && (then === '' || then === ';');
}

function labelOf(words: readonly string[]): string {
  const text = [nameOf(words[0]!), ...withoutSecrets(words.slice(1))].join(' ').replace(/\s+/g, ' ');
  return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text;
}

/** The name of a program without its folder and ending. */
function nameOf(word: string): string {
  const name = word.split(/[\\/]/).at(-1)!;
  return name.replace(/\.(exe|cmd|bat)$/i, '');
}

const ASSIGNMENT = /^(\$env:)?[A-Za-z_]\w*=/;

function withoutPrefixes(words: readonly string[]): readonly string[] {
  let at = 0;
  while (at < words.length && (ASSIGNMENT.test(words[at]!) || prefixes.has(nameOf(words[at]!)))) {
    at++;
    while (words[at]?.startsWith('-')) at++;
  }
  return words.slice(at, at + MOST_WORDS);
}

/** VS Code starts what is debugged in a terminal by `python …/debugpy/launcher 5678 -- train.py`. */
function withoutDebugger(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => /debugpy[\\/]launcher$/.test(word));
  const end = at < 1 ? -1 : words.indexOf('--', at);
  return end < 0 ? words : [words[at - 1]!, ...words.slice(end + 1)];
}

function targetOf(words: readonly string[]): Target | null {
  const [first, ...rest] = words;
  const program = nameOf(first!);
  if (neverTrain.has(program)) return null;
  if (pythons.test(program)) return pythonTarget(rest);
  if (Object.hasOwn(runners, program)) return environmentTarget(rest, runners[program]!);
  if (Object.hasOwn(launchers, program)) return launcherTarget(rest, launchers[program]!);
  if (Object.hasOwn(trainers, program)) return trainerTarget(rest, trainers[program]!);
  if (wrappers.has(program)) return insideTarget(rest);
  if (shells.has(program)) return scriptTarget(rest, /\.(sh|bash|zsh|slurm|sbatch)$/);
  if (interpreters.has(program)) return scriptTarget(rest, /\.([cm]?[jt]s|jl|R)$/i);
  if (taskRunners.has(program))
    return rest.some((word) => NAMED_LIKE_TRAINING.test(word)) ? bare(rest) : null;
  const isPath = /[\\/]/.test(first!);
  if (/\.(sh|bash|zsh|py)$/.test(first!)) return { script: first!, module: null, args: rest };
  return isPath && NAMED_LIKE_TRAINING.test(program) ? bare(rest) : null;
}

function bare(args: readonly string[]): Target {
  return { script: null, module: null, args };
}

/** Options of the interpreter that take the next word. */
const WITH_VALUE = /^-[WX]$/;

function pythonTarget(words: readonly string[]): Target | null {
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const rest = words.slice(at + 1);
    if (/^(-V+|--version|-h|--help)$/.test(word)) return null;
    // Options may be written together: `-um pkg.train`.
    if (/^-[A-Za-z]*m$/.test(word)) return moduleTarget(rest);
    if (/^-[A-Za-z]*c$/.test(word)) return rest.length > 0 ? bare(rest.slice(1)) : null;
    if (word === '-') return bare(rest);
    if (WITH_VALUE.test(word)) at++;
    else if (!word.startsWith('-'))
      return neverTrain.has(nameOf(word)) ? null : { script: word, module: null, args: rest };
  }
  // A prompt, which is no program that ends.
  return null;
}

function moduleTarget([module, ...args]: readonly string[]): Target | null {
  if (module === undefined || neverTrain.has(module)) return null;
  if (Object.hasOwn(launchers, module)) return launcherTarget(args, launchers[module]!);
  if (Object.hasOwn(trainers, module)) return trainerTarget(args, trainers[module]!);
  return { script: null, module, args };
}

function launcherTarget(words: readonly string[], verb: string | null): Target | null {
  if (verb !== null && words[0] !== verb) return null;
  const rest = verb === null ? words : words.slice(1);
  const at = rest.findIndex(
    (word, i) => /\.py$/.test(word) || (i > 0 && /^(-m|--module)$/.test(rest[i - 1]!)),
  );
  const found = rest[at];
  if (found === undefined) return bare(rest);
  const args = rest.slice(at + 1);
  return /\.py$/.test(found) ? { script: found, module: null, args } : { script: null, module: found, args };
}

function trainerTarget(words: readonly string[], verbs: readonly string[]): Target | null {
  return verbs.length === 0 || verbs.includes(words[0] ?? '') ? bare(words) : null;
}

function scriptTarget(words: readonly string[], ending: RegExp): Target | null {
  const at = words.findIndex((word) => !word.startsWith('-') && word !== 'run');
  const script = words[at];
  return script !== undefined && ending.test(script)
    ? { script, module: null, args: words.slice(at + 1) }
    : null;
}

/** `uv run [options] [python] train.py`: what runs is found among the words; a program of the project's own may train. */
function environmentTarget(words: readonly string[], verb: string): Target | null {
  const at = words.indexOf(verb);
  if (at < 0) return null;
  const rest = words.slice(at + 1);
  return insideTarget(rest) ?? ownProgram(rest);
}

function ownProgram(words: readonly string[]): Target | null {
  const first = words.find((word) => !word.startsWith('-'));
  const known = words.some((word) => neverTrain.has(word) || pythons.test(nameOf(word)));
  return first === undefined || known ? null : bare(words.slice(words.indexOf(first) + 1));
}

/** The first words that are a launch by themselves. */
function insideTarget(words: readonly string[]): Target | null {
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word.startsWith('-') || ASSIGNMENT.test(word)) continue;
    if (neverTrain.has(nameOf(word))) return null;
    const target = targetOf(words.slice(at));
    // These have looked at all words behind them.
    if (target !== null || wrappers.has(nameOf(word)) || Object.hasOwn(runners, nameOf(word))) return target;
    if (pythons.test(nameOf(word))) return null;
  }
  return null;
}
