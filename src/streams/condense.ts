/** VS Code's own marks in the output of a command; the first stands before its first character. */
const MARKS = /\u001b\]633;[^\u0007\u001b]*(?:\u0007|\u001b\\)/g;
/** How far a progress line has come: `45%` or `12/100`. */
const PROGRESS = /(\d+)(?:%|\/\d+)/;

/**
 * Makes a terminal's output worth keeping, a batch at a time: of the redraws of a progress line only those stay that say
 * something which the next one does not (the last of the batch, and the last before the line starts over). What is cut is whole
 * redraws within one batch, so that any split into batches keeps what the end of each bar says.
 */
export class Condenser {
  /** A `\r` at the end of a batch: what follows tells whether it is a line end. */
  private held = '';

  /** @param text the next output @returns what is to be kept of it, with `\n` as line ends */
  push(text: string): string {
    let batch = this.held + text;
    this.held = '';
    if (batch.includes('\u001b]633;')) batch = batch.replace(MARKS, '');
    if (batch.includes('\r\n')) batch = batch.replaceAll('\r\n', '\n');
    // Keras 2 goes back by backspaces.
    if (batch.includes('\b')) batch = batch.replace(/\u0008+/g, '\r');
    if (batch.endsWith('\r')) {
      this.held = '\r';
      batch = batch.slice(0, -1);
    }
    return batch.includes('\r') ? condensed(batch) : batch;
  }

  /** What is still held back. */
  end(): string {
    const { held } = this;
    this.held = '';
    return held;
  }
}

function condensed(batch: string): string {
  const lines = batch.split('\n');
  return lines.map((line) => (line.includes('\r') ? condensedLine(line) : line)).join('\n');
}

function condensedLine(line: string): string {
  const redraws = line.split('\r');
  // The first may go on with what was kept before, the last may go on in the next batch.
  const kept = redraws.filter((redraw, i) => {
    if (i === 0 || i === redraws.length - 1) return true;
    return redraw.trim() !== '' && startsOver(redraw, redraws[i + 1]!);
  });
  return kept.join('\r');
}

/** Whether the next redraw is of another bar, or of the same from its start. */
function startsOver(redraw: string, next: string): boolean {
  const [a, b] = [PROGRESS.exec(redraw), PROGRESS.exec(next)];
  return !a || !b || Number(b[1]) < Number(a[1]) || redraw.slice(0, a.index) !== next.slice(0, b.index);
}
