import { describe, expect, it } from 'vitest';
import { LineReader, LONGEST_LINE } from '../../../src/formats/lines';

function read(...chunks: readonly (string | Uint8Array)[]): (readonly [string, number, boolean] | string)[] {
  const found: (readonly [string, number, boolean] | string)[] = [];
  const reader = new LineReader({
    line: (text, line, redrawn) => void found.push([text, line, redrawn]),
    tooLong: (line) => void found.push(`too long: ${line}`),
  });
  for (const chunk of chunks) reader.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  reader.end();
  return found;
}

const texts = (...chunks: readonly (string | Uint8Array)[]): unknown[] =>
  read(...chunks).map((line) => (typeof line === 'string' ? line : line[0]));

describe('LineReader', () => {
  it('takes \\n, \\r\\n and \\r\\r\\n as one line end each', () => {
    expect(read('a\nb\r\nc\r\r\nd')).toEqual([
      ['a', 1, false],
      ['b', 2, false],
      ['c', 3, false],
      ['d', 4, false],
    ]);
  });

  it('delivers the pieces of a redrawn line with one number', () => {
    expect(read('1/2\r2/2\b\b\b\rdone\nnext\n')).toEqual([
      ['1/2', 1, true],
      ['2/2', 1, true],
      ['done', 1, false],
      ['next', 2, false],
    ]);
  });

  it('strips colours, with and without their ESC', () => {
    expect(texts('\u001b[1;32mloss\u001b[0m \u001b[38;2;180;60;0m0.5\n[1m185/185[0m\n[500]\tx\n')).toEqual([
      'loss 0.5',
      '185/185',
      '[500]\tx',
    ]);
  });

  it.each(['utf8', 'utf16le', 'utf16be'] as const)('reads %s by its byte order mark', (encoding) => {
    const little = Buffer.from('\ufefflöss: 0.5\r\nx\n', encoding === 'utf8' ? 'utf8' : 'utf16le');
    expect(texts(encoding === 'utf16be' ? little.swap16() : little)).toEqual(['löss: 0.5', 'x']);
  });

  it('reads UTF-16 without a mark by where its NULs are', () => {
    expect(texts(Buffer.from('epoch 1 loss 0.5\nepoch 2 loss 0.4\n', 'utf16le'))).toEqual([
      'epoch 1 loss 0.5',
      'epoch 2 loss 0.4',
    ]);
  });

  it('keeps the ASCII of a line that is not UTF-8, and the UTF-8 of its neighbours', () => {
    expect(texts('é\n', Buffer.from([0x70, 0xe9, 0x20, 0x31, 0x0a]), 'é\n')).toEqual(['é', 'pé 1', 'é']);
  });

  it('drops NULs', () => {
    expect(texts('\0\0\0a\0b\n')).toEqual(['ab']);
  });

  it('reports a line of 3 MB once, holds none of it, and reads on', () => {
    const part = Buffer.alloc(64 * 1024, 0x78);
    expect(read('a\n', ...Array.from({ length: 48 }, () => part), '\nb\n')).toEqual([
      ['a', 1, false],
      'too long: 2',
      ['b', 3, false],
    ]);
    expect(read(`${'x'.repeat(LONGEST_LINE)}\n${'x'.repeat(LONGEST_LINE + 1)}\nb\n`).slice(1)).toEqual([
      'too long: 2',
      ['b', 3, false],
    ]);
  });

  it('shows what the end would deliver and changes nothing', () => {
    const peek = (reader: LineReader): string[] => {
      const seen: string[] = [];
      reader.peek({ line: (text, line) => void seen.push(`${line}: ${text}`), tooLong: () => undefined });
      return seen;
    };
    const reader = new LineReader({ line: () => undefined, tooLong: () => undefined });
    reader.push(Buffer.from('a\nb'));
    expect(peek(reader)).toEqual(['1: a', '2: b']);
    reader.push(Buffer.from('x'.repeat(70) + '\n'));
    expect(peek(reader)).toEqual([]);
    reader.push(Buffer.from('y'));
    expect([...peek(reader), ...peek(reader)]).toEqual(['3: y', '3: y']);
  });

  it('offers whole lines as bytes first', () => {
    const calls: string[] = [];
    const reader = new LineReader({
      line: (text, line) => void calls.push(`${line}: ${text}`),
      bytes: (_bytes, start, end, line) => {
        calls.push(`bytes of ${line}: ${end - start}`);
        return line % 2 === 1;
      },
      tooLong: () => undefined,
    });
    reader.push(Buffer.from(`${'x'.repeat(64)}\né\nabc\ndef`));
    reader.end();
    expect(calls).toEqual(['bytes of 1: 64', 'bytes of 2: 2', '2: é', 'bytes of 3: 3', '4: def']);
  });
});
