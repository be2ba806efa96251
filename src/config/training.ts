import type { Concept, Dialect, Task } from './dialects/dialect';
import { isNone, numberOf, switchOf, type ConfigDocument, type Scalar } from './entry';
import { recognise } from './recognise';
import { isBeside, settingsOf, type Setting } from './settings';
import { optimizerOf, taskOf } from './context';

/** What the folder around a config tells of it. */
export interface Facts {
  /** Scripts beside the config read it with PyYAML and with nothing that turns text into numbers. */
  readonly readByPyYaml: boolean;
  /** A config or script of the same project sets the clip of the Hugging Face Trainer. */
  readonly trainerClips: boolean;
}

const unknown: Facts = { readByPyYaml: false, trainerClips: false };

/** A file of names that everybody uses needs this many different ones in one mapping: with fewer it may be anything. */
const ENOUGH = 2;

/** A command that may be a training, whatever its flags are called. */
const runsTraining = /\.py\b|\bpython|\btrain|\b(torchrun|accelerate|deepspeed|srun|ray|modal|uv)\b|^$/i;

/** What files that a config inherits from say, and whether all of them were found. */
export interface Inherited {
  readonly settings: readonly Setting[];
  readonly complete: boolean;
}

/** A config that is known to describe a training, with its settings by meaning. */
export class TrainingConfig {
  readonly optimizer: string | null;
  readonly task: Task | null;

  constructor(
    readonly document: ConfigDocument,
    readonly dialect: Dialect,
    readonly confidence: number,
    /** Those of this file. */
    readonly settings: readonly Setting[],
    readonly inherited: Inherited = { settings: [], complete: true },
    readonly facts: Facts = unknown,
  ) {
    this.optimizer = optimizerOf(document, [...settings, ...inherited.settings]);
    this.task = taskOf(this);
  }

  /** The settings of this file that mean one of these, where their values can be rated. */
  all(...concepts: Concept[]): Setting[] {
    return this.settings.filter(({ concept, meaning }) => concepts.includes(concept) && !meaning.unrated);
  }

  /** The first setting of a meaning: of this file, else of one that it inherits from. */
  one(concept: Concept): Setting | null {
    const of = (settings: readonly Setting[]): Setting | undefined =>
      settings.find((setting) => setting.concept === concept && !setting.meaning.unrated);
    return of(this.settings) ?? of(this.inherited.settings) ?? null;
  }

  has(concept: Concept): boolean {
    return [...this.settings, ...this.inherited.settings].some((setting) => setting.concept === concept);
  }

  /** A number as it holds in the run: written here, inherited, or the framework's default; null where it is not known. */
  number(concept: Concept): number | null {
    const value = this.value(concept);
    return value === undefined ? null : numberOf({ value });
  }

  /** Whether something is on; null where it is not known. `none` and 0 are off. */
  isOn(concept: Concept): boolean | null {
    const value = this.value(concept);
    if (value === undefined) return null;
    if (isNone({ value })) return false;
    const number = numberOf({ value });
    return switchOf({ value }) ?? (number === null ? null : number !== 0);
  }

  /** The text of a setting in lower case, or null. */
  text(concept: Concept): string | null {
    const value = this.value(concept);
    return typeof value === 'string' ? value.toLowerCase() : null;
  }

  private value(concept: Concept): Scalar | undefined {
    const setting = this.one(concept);
    if (setting) return setting.entry.value;
    if (!this.isWhole) return undefined;
    for (const meaning of Object.values(this.dialect.keys)) {
      if (typeof meaning === 'object' && meaning.is === concept && !meaning.unrated) return meaning.default;
    }
    return undefined;
  }

  /**
   * Whether what is missing in this file is missing in the training, as far as files can tell: it inherits from nothing
   * that was not found, is no fragment, and says how the training goes.
   */
  get isWhole(): boolean {
    const { syntax, isOpen, text } = this.document;
    if (this.dialect.soft || !this.inherited.complete || isOpen || syntax === 'python') return false;
    if (syntax === 'shell' && isOverride(this.document)) return false;
    if (/^#\s*@package\b/m.test(text)) return false;
    if (this.dialect.whole) return true;
    const says = (concept: Concept): boolean => this.settings.some((setting) => setting.concept === concept);
    return says('learning-rate') && (says('epochs') || says('steps') || says('batch-size'));
  }
}

/** A command that is handed a config file, or settings at places in one. */
function isOverride({ entries }: ConfigDocument): boolean {
  return entries.some(
    ({ path }) =>
      /^(config|cfg|c)([_-](file|dir|name|path))?$/i.test(path[0]!) ||
      (path.length > 1 && !/^\d+$/.test(path[1]!)),
  );
}

/**
 * Recognises a training config by its content.
 * @returns null for every other file: a compose file, a lock file, a data set
 */
export function asTraining(
  document: ConfigDocument,
  inherited?: Inherited,
  facts?: Facts,
): TrainingConfig | null {
  const recognised = document.isList ? null : recognise(document);
  if (!recognised) return null;
  const { dialect, confidence } = recognised;
  if (dialect.soft && document.syntax === 'shell' && !runsTraining.test(document.command)) return null;
  const settings = settingsOf(document, dialect);
  const telling = settings.filter(({ concept }) => concept !== 'output-dir' && concept !== 'stage');
  const enough = dialect.soft
    ? telling.some((one) => conceptsBeside(one, telling) >= ENOUGH)
    : telling.length > 0 || dialect.whole === true;
  return enough ? new TrainingConfig(document, dialect, confidence, settings, inherited, facts) : null;
}

/** How many different settings stand in the same mapping: a training's do, those of a service's environment do not. */
function conceptsBeside(one: Setting, settings: readonly Setting[]): number {
  const beside = settings.filter((other) => isBeside(one, other));
  return new Set(beside.map(({ concept }) => concept)).size;
}
