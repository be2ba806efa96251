import type { LogFormat, PointSink } from './format';
import { recogniseJsonl } from './jsonlRecognition';
import { JsonRows } from './jsonRows';
import { LineParser, type LineHandler } from './lineParser';
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

  constructor(private readonly sink: PointSink) {
    this.rows = new JsonRows(sink);
  }

  copy(sink: PointSink): LineHandler {
    return Object.assign(new JsonLines(sink), { rows: this.rows.copy(sink) });
  }

  end(): void {
    // A line is reported as soon as it is whole.
  }

  line(text: string, line: number): void {
    // Banners and conflict markers stand between the objects of real files; they are no data.
    if (text.charCodeAt(0) !== 0x7b && !text.trimStart().startsWith('{')) return;
    const object = asRecord(parseLooseJson(text));
    if (object) this.rows.row(object, line);
    else this.sink.skip(line, 'not a whole JSON object');
  }
}
