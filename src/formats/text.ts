import type { LogFormat } from './format';
import { LineParser } from './lineParser';
import { TextLines } from './textLines';
import { recogniseText, SUREST_TEXT } from './textRecognition';

/** Whatever a training script prints: pairs, Python dicts, progress bars, tables. */
export const text: LogFormat = {
  id: 'text',
  title: 'Plain text log',
  growth: 'append',
  recognise: recogniseText,
  surest: SUREST_TEXT,
  createParser: (sink) => new LineParser(new TextLines(sink), sink),
};
