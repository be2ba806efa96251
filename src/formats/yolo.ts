import { parseNumber } from './numbers';
import { EMPTY, type TextRecord } from './textRecord';

const VALIDATION = /^\s*Class\s+Images\s+(?:Instances|Labels|Targets)\s+(.+?)(?::\s*\d+%.*|:\s*)?$/;
const ALL = /^\s*all\s+\d+\s+\d+\s+(.+)$/;
const BAR = /^(.*\S):\s+(\d+)%(?=[|\s])/;

/**
 * The columns that YOLO's validation prints after an epoch: `Class Images Instances Box(P R mAP50 mAP50-95)`; null for any
 * other line. Of a segmentation those of the masks are told apart by their group.
 */
export function readValidationHeader(text: string): string[] | null {
  const header = text.length < 500 ? VALIDATION.exec(text) : null;
  if (!header) return null;
  let group = '';
  return header[1]!
    .trim()
    .split(/\s+/)
    .map((cell) => {
      const [, opened, name = ''] = /^(?:(\w+)\()?([^()]*)\)?$/.exec(cell) ?? [];
      if (opened !== undefined) group = opened === 'Box' ? '' : `${opened} `;
      return `${group}${name}`;
    });
}

/** The row over all classes below such a header; null for any other line. */
export function readValidationRow(text: string, names: readonly string[]): TextRecord | null {
  const row = text.length < 500 ? ALL.exec(text) : null;
  const values = row?.[1]!.trim().split(/\s+/).map(parseNumber) ?? [];
  if (values.length !== names.length || values.includes(undefined)) return null;
  return { ...EMPTY, split: 'val', keys: names, values: values as number[], splits: names.map(() => 'val') };
}

/** A row of a table with the progress of its epoch behind it: `1/5  1.47G  1.05  0.974: 100%|███`; null for other lines. */
export function readRowWithBar(text: string): { row: string; complete: boolean } | null {
  const parts = text.length < 1000 ? BAR.exec(text) : null;
  return parts && { row: parts[1]!, complete: parts[2] === '100' };
}

/** The columns of the `results.txt` of YOLOv7, which has no header, behind the epoch and the memory. */
const RESULTS =
  'train/box_loss train/obj_loss train/cls_loss train/loss labels img_size P R mAP50 mAP50-95 val/box_loss val/obj_loss val/cls_loss'.split(
    ' ',
  );
const RESULTS_ROW = /^\s*(\d+)\/(\d+)\s+[\d.]+G\s+(\S.*)$/;

/** A row of that table; null for other lines. */
export function readResultsRow(text: string): TextRecord | null {
  const [, epoch, last, rest = ''] = (text.length < 500 ? RESULTS_ROW.exec(text) : null) ?? [];
  const values = rest.trim().split(/\s+/).map(parseNumber);
  if (epoch === undefined || values.length !== RESULTS.length || values.includes(undefined)) return null;
  const isKept = (_: unknown, index: number): boolean => !/^(?:labels|img_size)$/.test(RESULTS[index]!);
  const keys = RESULTS.filter(isKept);
  return {
    ...{ ...EMPTY, epoch: Number(epoch), totalEpochs: Number(last) + 1 },
    ...{ keys, values: (values as number[]).filter(isKept) },
    splits: keys.map((key) => (/^(?:P|R|mAP)/.test(key) ? 'val' : null)),
  };
}
