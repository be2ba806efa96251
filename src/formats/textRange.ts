import type { Split } from './format';
import { splitOfWord } from './metricName';
import type { Quantity } from './textNumbers';

/** Where a line is, told by words that no name stands before. */
export interface RangePlace {
  readonly epoch: Quantity | null;
  readonly totalEpochs: Quantity | null;
  /** The last batch of the range. */
  readonly count: Quantity | null;
  readonly split: Split | null;
}

/** ESPnet: `1epoch:train:683-1364batch: loss=…`, `7epoch results: [train] loss=…`, `2/20epoch started.` */
const ESPNET = /(?:^|[\s:])(\d+)(?:\/(\d+))?epoch(?::(\w+):\d+-(\d+)batch:| results:| started)/d;
/** MXNet: `Epoch[2] Batch [400-500]` */
const MXNET = /\bBatch \[\d+-(\d+)\]/d;

/** The place that a line tells by a range of batches, or with its number before the word; null for other lines. */
export function rangePlace(text: string): RangePlace | null {
  const espnet = text.includes('epoch') ? ESPNET.exec(text) : null;
  if (espnet) {
    return {
      epoch: quantity(espnet, 1),
      totalEpochs: quantity(espnet, 2),
      count: quantity(espnet, 4),
      split: splitOfWord(espnet[3] ?? ''),
    };
  }
  const mxnet = text.includes('Batch [') ? MXNET.exec(text) : null;
  return mxnet && { epoch: null, totalEpochs: null, count: quantity(mxnet, 1), split: null };
}

function quantity(match: RegExpExecArray, group: number): Quantity | null {
  const at = match.indices?.[group];
  return at ? { text: match[group]!, start: at[0] } : null;
}
