import type { Scalar, Syntax } from '../entry';
import type { Concept } from './concept';

export type { Concept } from './concept';

/** What a run is for, as far as the rules care. */
export type Task =
  | 'pretraining'
  | 'finetuning'
  | 'preference'
  | 'reinforcement'
  | 'classification'
  | 'detection'
  | 'translation'
  | 'speech'
  | 'generation';

/** What a key means, with what has to be known to read its value. */
export interface Meaning {
  readonly is: Concept;
  /** What holds where the key is missing; null for "off". Left out where it is not known. */
  readonly default?: Scalar;
  /** Only in a mapping that is handed to something of such a name (`_target_`, `class_path`, `type`, …). */
  readonly of?: RegExp;
  /** Only where one of these keys stands in the same mapping. */
  readonly beside?: readonly string[];
  /** What goes for the value is another scale: it is known to be there, and not rated. */
  readonly unrated?: true;
  /** It may be a list, of which every item is such a value; elsewhere a list is a search, and not rated. */
  readonly list?: true;
  /** The values that it can have, where they are few. */
  readonly values?: readonly string[];
}

/**
 * One sign of a dialect: a key path that is there (patterns as in `Dialect.keys`), the same with a value, something
 * that stands anywhere in the text, or the program of a shell command.
 */
export type Clue =
  | string
  | { readonly key: string; readonly value: RegExp }
  | { readonly text: RegExp }
  | { readonly command: RegExp };

/** A key that this framework refuses or ignores where such a clue is. */
export interface Unsupported {
  readonly key: string;
  readonly where: readonly Clue[];
  /** The rest of a sentence: "is …". */
  readonly why: string;
}

/** A family of configs: how it is told, and what its keys mean. Data: nothing else knows a dialect by name. */
export interface Dialect {
  readonly id: string;
  readonly title: string;
  /** Where keys and defaults were read. */
  readonly source: string;
  readonly syntaxes: readonly Syntax[];
  /** Its mappings are written in capitals: the same keys in small letters are something else. */
  readonly isUpperCase?: true;
  /** Any of these tells it by itself. */
  readonly sure?: readonly Clue[];
  /** Two of these tell it. */
  readonly clues?: readonly Clue[];
  /** None of these is in such a file. */
  readonly never?: readonly Clue[];
  /**
   * Key path -> meaning. `*` is any part of a key, `**` any number of keys in front; keys are compared in lower case
   * with `-` as `_`, whole, never by their endings. The first pattern that matches counts.
   */
  readonly keys: Readonly<Record<string, Concept | Meaning>>;
  /** What is trained, unless the file tells otherwise. */
  readonly task?: Task;
  /** What is trained instead where such a clue is. */
  readonly taskWhere?: readonly (readonly [Clue, Task])[];
  /** Usual range of weight decay where the framework scales it otherwise than AdamW does, and the most usual value. */
  readonly decayRange?: readonly [low: number, high: number, usual: number];
  /** Optimizers that it scales the decay of, where others are offered, too. */
  readonly decayOf?: RegExp;
  /** It clips only where the bound is above 0: a negative one is how its recipes write "off", or is passed over. */
  readonly negativeClip?: 'off' | 'ignored';
  /** Clip bounds up to here are usual in its recipes; 10 where it is not told. */
  readonly clipUpTo?: number;
  /** The bound of a clip that no key changes. */
  readonly fixedClip?: number;
  /** Files of this kind are read whole by the framework: a key that is missing is missing. */
  readonly whole?: true;
  /** Other keys of the framework, where it knows all of its keys: a key close to one of all these is misspelt. */
  readonly others?: readonly string[];
  readonly unsupported?: readonly Unsupported[];
  /** A key may mean something else in such a file: rules speak softly, and absence says nothing. */
  readonly soft?: true;
  /** Settings of the training stand in the `model` mapping too, as arguments of a LightningModule. */
  readonly modelTrains?: true;
  /** Strong regularisation is part of published recipes in this dialect. */
  readonly stacks?: true;
}
