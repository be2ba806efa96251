import * as l10n from '@vscode/l10n';
import type { LogFormat, PointSink } from './format';
import { recogniseJsonl } from './jsonlRecognition';
import { readJsonRecord } from './jsonRecord';
import { JsonRows } from './jsonRows';
import { LineParser, type LineHandler } from './lineParser';
import { hashLine } from './lineScan';
import { LineShape } from './lineShape';
import { LineShapes } from './lineShapes';
import { asRecord, parseLooseJson } from './looseJson';

/** One JSON object a line, as Detectron2, MMDetection, DeiT, LLaMA-Factory and many scripts write. */
export const jsonl: LogFormat = {
  id: 'jsonl',
  title: 'JSON lines',
  growth: 'append',
  recognise: recogniseJsonl,
  surest: 0.98,
  createParser: (sink) => new LineParser(new JsonLines(sink), sink),
};

class JsonLines implements LineHandler {
  private readonly rows: JsonRows;
  private readonly shapes = new LineShapes();
  /** Hash of the line that `bytes` handed on; null for one that it did not see. */
  private hash: number | null = null;

  constructor(private readonly sink: PointSink) {
    this.rows = new JsonRows(sink);
  }

  copy(sink: PointSink): LineHandler {
    return Object.assign(new JsonLines(sink), { rows: this.rows.copy(sink) });
  }

  end(): void {
    // A line is reported as soon as it is whole.
  }

  expected(bytes: Uint8Array, start: number, limit: number, line: number): number {
    const end = this.shapes.matchExpected(bytes, start, limit);
    if (end >= 0) this.rows.record(this.shapes.follow(this.shapes.expected!).dict()!, line);
    return end;
  }

  bytes(bytes: Uint8Array, start: number, end: number, line: number): boolean {
    this.hash = hashLine(bytes, start, end);
    const shape = this.shapes.find(this.hash, bytes, start, end);
    if (shape === undefined) return false;
    this.rows.record(shape.dict()!, line);
    return true;
  }

  line(text: string, line: number): void {
    const { hash } = this;
    this.hash = null;
    // Banners and conflict markers stand between the objects of real files; they are no data.
    if (text.charCodeAt(0) !== 0x7b && !text.trimStart().startsWith('{')) return;
    const object = asRecord(parseLooseJson(text));
    if (!object) {
      this.sink.skip(line, l10n.t('not a whole JSON object'));
      return;
    }
    const record = readJsonRecord(object);
    if (hash !== null) this.shapes.learn(hash, text.length, () => LineShape.ofDict(text, record, 0));
    this.rows.record(record, line);
  }
}
