import type { PointSink } from './format';
import { asRecord } from './looseJson';

/** Objects nested deeper are no settings that anybody compares. */
const DEEPEST = 3;
const LONGEST = 200;

/** Reports the settings of a run, nested ones as `optimizer/lr`; lists, long texts and empty values are left out. */
export function reportSettings(
  sink: Pick<PointSink, 'context'>,
  settings: unknown,
  prefix = '',
  depth = 0,
): void {
  for (const [name, value] of Object.entries(asRecord(settings) ?? {})) {
    // The trackers' own, such as W&B's `_wandb`.
    if (name.startsWith('_')) continue;
    const key = prefix === '' ? name : `${prefix}/${name}`;
    if (typeof value === 'number') sink.context(key, value);
    else if (typeof value === 'boolean') sink.context(key, String(value));
    else if (typeof value === 'string' && value.length <= LONGEST) sink.context(key, value);
    else if (depth < DEEPEST) reportSettings(sink, value, key, depth + 1);
  }
}
