import { argument, type Call } from '../model/call';
import { assignmentsTo } from '../model/assignments';
import { enclosingFunction, isInside, parts, statementAround, stringOf } from '../model/nodes';
import type { Script } from '../model/script';
import type { Node } from '../parser';

/** Whether a script saves anything that may be weights. */
export function saves({ text: { source } }: Script): boolean {
  return /\btorch\.save\b|\bsave_(?!image|fig)\w*\(|\.save\(|checkpoint/i.test(source);
}

/** A statement that saves an average beside what is saved already. */
export interface Save {
  line: string;
  /** What it is to follow, under the same conditions; null where it may stand directly behind the loop. */
  after: Node | null;
}

/** Saves an average in the folder of what a loop, or the code behind it, saves; null where that place is not clear. */
export function saveBeside(average: string, loop: Node, script: Script): Save | null {
  const found = script.calls.flatMap((call) => {
    const given = call.path === 'torch.save' ? argument(call, 'f', 1)?.value : undefined;
    const path = given && pathBeside(given, average);
    return path
      ? [{ call, given, line: `${call.callee.text}(${average}.module.state_dict(), ${path})` }]
      : [];
  });
  const isBehind = ({ node }: Call): boolean =>
    node.startIndex >= loop.endIndex && enclosingFunction(node)?.id === enclosingFunction(loop)?.id;
  const behind = found.filter(({ call }) => isBehind(call)).at(-1);
  if (behind) return { line: behind.line, after: statementAround(behind.call.node) };
  // Each process would write the file.
  if (/\brank\b|is_main_process|DistributedDataParallel|\bDDP\b/.test(script.text.source)) return null;
  const known = found.find(({ given }) => isKnownAfter(given, loop, script));
  return known ? { line: known.line, after: null } : null;
}

/** The path of a file beside another, as an expression: in the same folder, or with a longer name. */
function pathBeside(given: Node, average: string): string | null {
  const path = stringOf(given);
  if (path !== null) {
    const quote = given.text.at(-1)!;
    return `${quote}${/^(.*[\\/])?/.exec(path)![0]}${average}.pt${quote}`;
  }
  if (/^(identifier|attribute)$/.test(given.type)) return `f"{${given.text}}.${average}.pt"`;
  const file = given.type === 'call' ? parts(given.childForFieldName('arguments')).at(-1) : undefined;
  if (!file || stringOf(file) === null || !/(^|\.)join$/.test(given.childForFieldName('function')!.text))
    return null;
  const head = given.text.slice(0, file.startIndex - given.startIndex);
  return `${head}${pathBeside(file, average)!})`;
}

/** Whether an expression has the same value directly behind a loop: a text, or names that the loop does not change. */
function isKnownAfter(given: Node, loop: Node, script: Script): boolean {
  if (stringOf(given) !== null) return true;
  if (enclosingFunction(given)?.id !== enclosingFunction(loop)?.id) return false;
  return given.descendantsOfType('identifier').every(({ text }) => {
    const changed = assignmentsTo(script.assignments, text).some(({ node }) => isInside(node, loop));
    const counted = [loop, ...loop.descendantsOfType('for_statement')].some((one) =>
      new RegExp(`\\b${text}\\b`).test(one.childForFieldName('left')?.text ?? ''),
    );
    return !changed && !counted;
  });
}
