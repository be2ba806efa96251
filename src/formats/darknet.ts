import type { NamedNumber } from './textNumbers';
import type { TextPlan } from './textPlan';

/** ` 6000: 0.121626, 0.752329 avg, 0.000010 rate, …`; later versions say `avg loss`. */
const LINE = /^\s*\d+: -?[\w.]+, -?[\w.]+ avg( loss)?, [\d.]+ rate,/;

/** What each scale of the network gave on a batch: without an object of its size it is nan, which says nothing. */
export const DARKNET_REGION = /^\s*(v\d.*?)?Region \d+ Avg\b/;

/** The plan of Darknet's line for a batch: its number, its loss, the running mean of that, and the learning rate. */
export function darknetPlan(text: string, numbers: readonly NamedNumber[]): TextPlan | null {
  if (!LINE.test(text)) return null;
  const [count] = numbers;
  const avg = text.indexOf(' avg');
  const rate = text.indexOf(' rate,');
  const comma = text.indexOf(', ');
  const endingAt = (end: number): NamedNumber | undefined =>
    numbers.find(({ value }) => value.start + value.text.length === end);
  const [loss, mean, speed] = [endingAt(comma), endingAt(avg), endingAt(rate)];
  if (!count || !loss || !mean || !speed) return null;
  return {
    ...{
      epoch: null,
      totalEpochs: null,
      count: count.value,
      totalCount: null,
      isProgress: false,
      split: null,
    },
    keys: ['loss', 'avg loss', 'rate'],
    splits: ['train', 'train', null],
    rank: null,
    sources: [loss, mean, speed].map(({ value }) => ({ value, of: null, instead: null })),
  };
}
