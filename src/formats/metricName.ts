import type { Split } from './format';

/** Which way a metric gets better; `none` for what is no quality (learning rate, time, memory). */
export type Direction = 'lower' | 'higher' | 'none';

/** What can be known of a metric from its name alone. */
export interface MetricIdentity {
  /** Canonical name (`loss`, `accuracy`, `perplexity`, `learning_rate`, `grad_norm`), or the raw name when unknown. */
  readonly name: string;
  /** Split that the name tells; null when it does not. */
  readonly split: Split | null;
  readonly direction: Direction;
  /** `%` where the name says so, else null. */
  readonly unit: string | null;
}
