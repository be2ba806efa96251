/** A place in a text: 0-based line and UTF-16 column, as editors count. */
export interface Position {
  line: number;
  character: number;
}

export interface Range {
  start: Position;
  end: Position;
}

/** One replacement. All edits of a plan refer to the unchanged text and do not overlap. */
export interface TextEdit {
  range: Range;
  newText: string;
}

/** What a planner answers: an edit that is right, or why there is none. */
export type FixPlan =
  | {
      applicable: true;
      /** The exact edit: "Clip gradients to norm 1.0 before `optimizer.step()`". */
      title: string;
      edits: TextEdit[];
      /** What the user should know before or after. */
      notes: string[];
      /** The inserted value that the user may want to change, in the text after the edits: to be selected. */
      selection?: Range;
    }
  | { applicable: false; reason: string };

/** The text after the edits. @throws RangeError when two edits overlap */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = lineStarts(text);
  const offset = ({ line, character }: Position): number => (starts[line] ?? text.length) + character;
  const ordered = edits
    .map(({ range, newText }) => ({ from: offset(range.start), to: offset(range.end), newText }))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  let result = '';
  let done = 0;
  for (const { from, to, newText } of ordered) {
    if (from < done) throw new RangeError('two edits overlap');
    result += text.slice(done, from) + newText;
    done = to;
  }
  return result + text.slice(done);
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { index } of text.matchAll(/\r\n|\r|\n/g)) {
    starts.push(index + (text.startsWith('\r\n', index) ? 2 : 1));
  }
  return starts;
}
