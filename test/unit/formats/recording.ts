import type { LogFormat, PointSink } from '../../../src/formats/format';

/** Every call a parser made, as one line of text each: easy to compare and to read in a failed test. */
export function record(format: LogFormat, chunks: readonly Uint8Array[]): string[] {
  const calls: string[] = [];
  const sink: PointSink = {
    at: (step, epoch, time, line) =>
      void calls.push(`at step=${step} epoch=${epoch} time=${time} line=${line}`),
    value: (key, value, split) => void calls.push(`${key} = ${value}${split ? ` (${split})` : ''}`),
    skip: (line, reason) => void calls.push(`skip ${line}: ${reason}`),
    context: (key, value) => void calls.push(`context ${key} = ${value}`),
    ended: (how, reason, line) => void calls.push(`ended ${how} at ${line}: ${reason}`),
  };
  const parser = format.createParser(sink);
  for (const chunk of chunks) {
    // The caller may reuse its array, so a parser must not keep it.
    const own = Uint8Array.from(chunk);
    parser.push(own);
    own.fill(0x39);
  }
  parser.end();
  return calls;
}

/** The calls for a whole text. */
export function recordText(format: LogFormat, text: string): string[] {
  return record(format, [Buffer.from(text)]);
}

/** Only the values, with the position they belong to: `step/epoch key=value split`. */
export function points(format: LogFormat, text: string | Uint8Array): string[] {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const found: string[] = [];
  let position = '';
  const parser = format.createParser({
    at: (step, epoch) =>
      void (position = `${Number.isNaN(step) ? '-' : step}/${Number.isNaN(epoch) ? '-' : epoch}`),
    value: (key, value, split) => void found.push(`${position} ${key}=${value}${split ? ` ${split}` : ''}`),
    skip: () => undefined,
    context: () => undefined,
    ended: () => undefined,
  });
  parser.push(bytes);
  parser.end();
  return found;
}
