import type { FixPlan, TextEdit } from '../remedies/textEdit';
import { otherFramework } from './framework';
import { parameterNames, spelled, torchNames, type TorchNames } from './names';
import { parametersOf } from './parameters';
import type { Node } from './parser';
import { findUpdatePoints, type UpdatePoint } from './updatePoint';

/** The bound that is inserted. Source: the seed document, "almost always set to 1.0". */
const MAX_NORM = '1.0';

/** Calls and keywords that mean "this already clips", in any of the wrappers people use. */
const clipCall =
  /(^|\.)(clip_grad_norm_?|clip_grad_value_|clip_gradients|dispatch_clip_grad|adaptive_clip_grad|clip_grads_and_collect_metrics|clip_grads?_?)$/;
const clipKeyword = /^(clip_grad|max_grad_norm|clip_norm|gradient_clip_val|clipnorm|global_clipnorm)$/;

/**
 * Plans gradient clipping: one call directly before each optimizer step of a plain PyTorch loop (after unscaling under
 * a GradScaler), where gradients are complete and nothing changes them any more.
 * @param wanted which update points; all where it is left out
 */
export function planClipping(
  source: string,
  root: Node,
  wanted: (point: UpdatePoint) => boolean = () => true,
): FixPlan {
  const no = (reason: string): FixPlan => ({ applicable: false, reason });
  const other = otherFramework(root);
  if (other) return no(`this script trains with ${other.name}: ${other.advice}`);
  const names = torchNames(root);
  const points = findUpdatePoints(root).filter(wanted);
  if (points.length === 0) return no('no optimizer step (such as optimizer.step()) stands here');
  const keyword = clippingKeyword(root);
  if (keyword)
    return no(`gradients are clipped already: ${keyword.text} in line ${keyword.startPosition.row + 1}`);
  const obstacles = points.map((point) => obstacleTo(point, names));
  const open = points.filter((_, i) => obstacles[i] === null);
  if (open.length === 0) return no(obstacles.find((reason) => reason !== null)!);
  const text = sourceText(source);
  const { call, importEdit } = clipCallee(names, root, text);
  const edits = open.map((point) => insertion(point, root, call, text));
  if (importEdit) edits.unshift(importEdit);
  return { applicable: true, title: titleOf(open), edits, notes: notesFor(open) };
}

interface SourceText {
  lines: string[];
  eol: string;
  quote: string;
}

function sourceText(source: string): SourceText {
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  const quote = (source.match(/'/g)?.length ?? 0) > (source.match(/"/g)?.length ?? 0) ? "'" : '"';
  return { lines: source.split(/\r\n|\n/), eol, quote };
}

/** Why nothing is inserted at an update point, or null where it is right. */
function obstacleTo(point: UpdatePoint, names: TorchNames): string | null {
  const { statement, scope, closure } = point;
  const line = statement.startPosition.row + 1;
  if (isBroken(statement)) return `the code around line ${line} has a syntax error`;
  if (closure) return `the step in line ${line} takes a closure: gradients are made inside it, clip there`;
  const backward = lastBackward(point);
  if (!backward) return `no backward() before the step in line ${line} in the same function`;
  const engine = backward.childForFieldName('function')!.childForFieldName('object');
  if (engine && spelled(engine) === spelled(point.optimizer)) {
    return `${engine.text} does backward and step itself (an engine such as DeepSpeed): clip in its config`;
  }
  // With several steps in one function a clip counts only for the step whose backward it follows.
  const alone = findUpdatePoints(scope).length <= 1;
  const clip = clips(scope, names).find(
    ({ startIndex }) => startIndex < statement.startIndex && (alone || startIndex > backward.startIndex),
  );
  const byHand = clippedByHand(scope, backward, statement);
  if (byHand)
    return `gradients are changed by hand in line ${byHand.startPosition.row + 1}: look there first`;
  if (clip) {
    return `gradients are clipped already in line ${clip.startPosition.row + 1}`;
  }
  return null;
}

function isBroken(statement: Node): boolean {
  const block = statement.parent;
  return (
    statement.hasError ||
    (block?.children.some((child) => child?.isError === true) ?? false) ||
    underError(statement)
  );
}

function underError(node: Node): boolean {
  for (let at: Node | null = node; at; at = at.parent) if (at.isError) return true;
  return false;
}

/** The last `….backward(…)` before the step in its function; `after_backward()` and the like are none. */
function lastBackward({ statement, scope }: UpdatePoint): Node | undefined {
  return calls(scope, /\.backward$/)
    .filter((call) => call.endIndex <= statement.startIndex)
    .at(-1);
}

function calls(scope: Node, callee: RegExp): Node[] {
  return scope
    .descendantsOfType('call')
    .filter((call) => callee.test(call.childForFieldName('function')?.text ?? ''));
}

function clips(scope: Node, { clip }: TorchNames): Node[] {
  return scope.descendantsOfType('call').filter((call) => {
    const callee = call.childForFieldName('function')?.text ?? '';
    return clipCall.test(callee) || callee === clip;
  });
}

/** `p.grad.data.clamp_(-1, 1)`, `p.grad.mul_(scale)`: someone bounds the gradients without the usual call. */
function clippedByHand(scope: Node, backward: Node, statement: Node): Node | undefined {
  return calls(scope, /\.grad(\.data)?\.(clamp_?|mul_|div_|renorm_|copy_)$/).find(
    ({ startIndex }) => startIndex > backward.startIndex && startIndex < statement.startIndex,
  );
}

/** A keyword argument that makes a wrapper clip (timm's scaler, a trainer of the project's own). */
function clippingKeyword(root: Node): Node | undefined {
  return root.descendantsOfType('keyword_argument').find((argument) => {
    const value = argument.childForFieldName('value')?.text ?? '';
    const off = value === 'None' || (value !== '' && Number(value) === 0);
    return clipKeyword.test(argument.childForFieldName('name')?.text ?? '') && !off;
  });
}

/** How the script calls the function, and the import that this needs, if any. */
function clipCallee(
  names: TorchNames,
  root: Node,
  text: SourceText,
): { call: string; importEdit: TextEdit | null } {
  if (names.clip !== null) return { call: names.clip, importEdit: null };
  if (names.nn !== null && !isRebound(names.nn, root)) {
    return { call: `${names.nn}.utils.clip_grad_norm_`, importEdit: null };
  }
  const call = `${names.torch ?? 'torch'}.nn.utils.clip_grad_norm_`;
  if (names.torch !== null) return { call, importEdit: null };
  return { call, importEdit: importTorch(root, text) };
}

/** Whether a name that an import binds is also a parameter or is given another value somewhere. */
function isRebound(name: string, root: Node): boolean {
  const parameters = root.descendantsOfType('function_definition').flatMap(parameterNames);
  const targets = root.descendantsOfType('assignment').map((node) => node.childForFieldName('left')?.text);
  return parameters.includes(name) || targets.includes(name);
}

/** `import torch` after the leading imports: what is imported further down may come too late. */
function importTorch(root: Node, text: SourceText): TextEdit {
  const statements = root.namedChildren.filter(
    (node): node is Node => node !== null && node.type !== 'comment',
  );
  const isImport = ({ type }: Node): boolean => /^(import|import_from|future_import)_statement$/.test(type);
  const docstring =
    statements[0]?.type === 'expression_statement' && /^[rRuU]?["']/.test(statements[0].text) ? 1 : 0;
  let leading = docstring;
  while (leading < statements.length && isImport(statements[leading]!)) leading++;
  const after = statements[leading - 1];
  const start = { line: after ? after.endPosition.row + 1 : firstLineOfCode(text), character: 0 };
  return { range: { start, end: start }, newText: `import torch${text.eol}` };
}

/** Below the shebang, the coding line and the comments at the top. */
function firstLineOfCode({ lines }: SourceText): number {
  const first = lines.findIndex((line) => !/^\s*(#.*)?$/.test(line));
  return first < 0 ? 0 : first;
}

function insertion(point: UpdatePoint, root: Node, call: string, text: SourceText): TextEdit {
  const { statement, optimizer, scaler } = point;
  const clip = `${call}(${parametersOf(point, root, text.quote)}, max_norm=${MAX_NORM})`;
  const statements =
    scaler && !unscaledBefore(point) ? [`${scaler.text}.unscale_(${optimizer.text})`, clip] : [clip];
  const anchor = anchorOf(point);
  const { row, column } = anchor.startPosition;
  const line = text.lines[row] ?? '';
  const indent = line.slice(0, column);
  // `loss.backward(); opt.step()` and `if ready: opt.step()`: the call goes into the same line, before the step.
  // So it does after a line that ends in a backslash: a line of its own would be torn out of that statement.
  if (indent.trim() !== '' || /\\\s*$/.test(text.lines[row - 1] ?? '')) {
    const at = { line: row, character: statement.startPosition.column };
    return { range: { start: at, end: at }, newText: statements.map((s) => `${s}; `).join('') };
  }
  const at = { line: row, character: 0 };
  return {
    range: { start: at, end: at },
    newText: statements.map((s) => `${indent}${s}${text.eol}`).join(''),
  };
}

/** `if use_optimizer: opt.step()` with a hand-made update in another branch: both need clipped gradients. */
function anchorOf({ statement }: UpdatePoint): Node {
  const clause = statement.parent?.parent;
  const branch = clause?.type === 'elif_clause' ? clause.parent : clause;
  if (branch?.type !== 'if_statement' || statement.startPosition.row === clause!.startPosition.row)
    return statement;
  const others = branch.childrenForFieldName('alternative').filter((node): node is Node => node !== null);
  const byHand = others.some(
    (node) => findUpdatePoints(node).length === 0 && /\.(data|add_|sub_|grad)\b/.test(node.text),
  );
  return byHand ? branch : statement;
}

function unscaledBefore({ statement, scope, optimizer }: UpdatePoint): boolean {
  return calls(scope, /\.unscale_$/).some(
    (call) =>
      call.startIndex < statement.startIndex &&
      call
        .childForFieldName('arguments')
        ?.namedChildren.some((n) => n !== null && spelled(n) === spelled(optimizer)) === true,
  );
}

function titleOf(points: readonly UpdatePoint[]): string {
  const [first] = points;
  const unscaled = first!.scaler ? ', after unscaling' : '';
  const where =
    points.length === 1 ? `before \`${first!.statement.text}\`` : `before ${points.length} optimizer steps`;
  return `Clip gradients to norm ${MAX_NORM} ${where}${unscaled}`;
}

function notesFor(points: readonly UpdatePoint[]): string[] {
  const notes = [
    'Log the norm that the call returns: if most steps are clipped, lower the learning rate instead.',
  ];
  if (points.some(({ scaler }) => scaler))
    notes.push('unscale_ may be called once per optimizer and update only.');
  return notes;
}
