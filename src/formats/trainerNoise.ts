import type { JsonRecord } from './jsonRecord';

const NOISE = /(?:_runtime|_per_second|total_flos|_flos|^num_input_tokens_seen|_timing)$/;

/** True for the numbers about machine and schedule that the Hugging Face Trainer logs beside the metrics. */
export function isTrainerNoise(key: string): boolean {
  return NOISE.test(key);
}

/** Takes such numbers out of a record. */
export function dropTrainerNoise(record: JsonRecord): void {
  for (let i = record.keys.length - 1; i >= 0; i--) {
    if (!isTrainerNoise(record.keys[i]!)) continue;
    record.keys.splice(i, 1);
    record.values.splice(i, 1);
  }
}
