/** What a setting means, whatever a framework calls it. */
export type Concept =
  | 'learning-rate'
  | 'weight-decay'
  | 'clip-norm'
  | 'label-smoothing'
  | 'dropout'
  | 'batch-size'
  | 'length'
  | 'warmup'
  | 'optimizer';

/** A family of configs: how it is told, and what its keys mean. Data: nothing else knows a dialect by name. */
export interface Dialect {
  readonly id: string;
  readonly title: string;
  /** Leaf keys that tell it; two must be there. */
  readonly evidence: readonly string[];
  /** Leaf key (lower case, `_`) -> meaning. */
  readonly keys: Readonly<Record<string, Concept>>;
  /** Whether `0` for the clip bound means "off", as in all frameworks that read it from a config. */
  readonly zeroClipIsOff: boolean;
  /** Usual range of weight decay where the framework scales it otherwise than AdamW does. */
  readonly decayRange?: readonly [number, number];
}
