import * as l10n from '@vscode/l10n';
import type { LogParser, PointSink } from './format';
import { LineReader } from './lines';

/** What a format makes of the lines of its files. */
export interface LineHandler {
  /** As {@link LineSink.line}. */
  line(text: string, line: number, redrawn: boolean): void;
  /** As {@link LineSink.bytes}. */
  bytes?(bytes: Uint8Array, start: number, end: number, line: number): boolean;
  /** As {@link LineSink.expected}. */
  expected?(bytes: Uint8Array, start: number, limit: number, line: number): number;
  /** Reports what was held back for lines that do not come. */
  end(): void;
  /** A copy that reports to another sink and shares nothing that changes. */
  copy(sink: PointSink): LineHandler;
}

/** The parser of a format that is read line by line. */
export class LineParser implements LogParser {
  private readonly reader: LineReader;

  constructor(
    private readonly handler: LineHandler,
    sink: PointSink,
  ) {
    this.reader = new LineReader({
      line: (text, line, redrawn) => handler.line(text, line, redrawn),
      bytes: handler.bytes && ((bytes, start, end, line) => handler.bytes!(bytes, start, end, line)),
      expected:
        handler.expected && ((bytes, start, limit, line) => handler.expected!(bytes, start, limit, line)),
      tooLong: (line) => sink.skip(line, l10n.t('the line is longer than 1 MiB')),
    });
  }

  /** Found out by trying: a copy is given what is left and told that it is all. */
  get pending(): boolean {
    let reports = false;
    const note = (): void => void (reports = true);
    const copy = this.handler.copy({ at: note, value: note, skip: note, context: note, ended: note });
    this.reader.peek({ line: (text, line, redrawn) => copy.line(text, line, redrawn), tooLong: note });
    copy.end();
    return reports;
  }

  push(chunk: Uint8Array): void {
    this.reader.push(chunk);
  }

  end(): void {
    this.reader.end();
    this.handler.end();
  }
}
