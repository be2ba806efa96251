import * as l10n from '@vscode/l10n';
import { translated } from '../translated';
import { compare } from '../findings/safeEdits';
import type { Position, Range } from '../remedies/textEdit';
import { concepts, type Concept, type ConceptInfo } from './dialects/concept';
import type { Setting } from './settings';
import type { TrainingConfig } from './training';
import { usualOf } from './usual';

/** What is known of the setting at a place, for people. */
export interface Insight {
  readonly range: Range;
  readonly title: string;
  readonly what: string;
  /** The value in this file, as text: it comes from the file. */
  readonly value: string;
  readonly dialect: string;
  /** What holds where the key is missing; null where that is not known. */
  readonly byDefault: string | null;
  readonly usual: string | null;
  readonly rule: string | null;
  readonly source: string;
}

/** What is known of the setting whose key or value a place touches; null where there is none. */
export function insightAt(configs: readonly TrainingConfig[], position: Position): Insight | null {
  for (const config of configs) {
    const setting = config.settings.find(
      ({ entry }) => touches(entry.keyRange, position) || touches(entry.valueRange, position),
    );
    if (setting) return insight(setting, config, position);
  }
  return null;
}

function insight({ concept, entry, meaning }: Setting, config: TrainingConfig, position: Position): Insight {
  const { title, what, rule }: ConceptInfo = concepts[concept];
  const standard = meaning.default;
  return {
    range: touches(entry.keyRange, position) ? entry.keyRange : entry.valueRange,
    ...{ title: translated(title), what: translated(what), rule: rule ?? null },
    value: String(entry.value),
    dialect: translated(config.dialect.title),
    byDefault: standard === undefined ? null : standard === null ? l10n.t('off') : String(standard),
    usual: meaning.unrated ? null : usualOf(concept, config),
    source: config.dialect.source,
  };
}

const switches: ReadonlySet<Concept> = new Set<Concept>([
  ...(['clip-switch', 'ema-switch', 'ema-warmup', 'greater-is-better'] as const),
  ...(['load-best', 'sync-norm', 'pre-norm', 'fused-backward'] as const),
]);

/** The values that may stand at a place, where they are few, and the range that they replace; null elsewhere. */
export function valuesAt(
  configs: readonly TrainingConfig[],
  position: Position,
): { values: readonly string[]; range: Range; quote: string } | null {
  for (const { settings, document } of configs) {
    for (const { concept, entry, meaning } of settings) {
      const values = meaning.values ?? (switches.has(concept) ? ['true', 'false'] : null);
      if (!values || entry.shared || !isAtValue(entry.keyRange, entry.valueRange, position)) continue;
      const python = document.syntax === 'python';
      const written = values.map((value) =>
        python && !meaning.values ? (value === 'true' ? 'True' : 'False') : value,
      );
      const bare = document.syntax === 'yaml' || document.syntax === 'shell' || !meaning.values;
      const range = touches(entry.valueRange, position)
        ? entry.valueRange
        : { start: position, end: position };
      return { values: written, range, quote: bare || entry.quoted ? '' : '"' };
    }
  }
  return null;
}

/** In a value, or behind a key whose value is still to be typed. */
function isAtValue(key: Range, value: Range, position: Position): boolean {
  return (
    touches(value, position) ||
    (position.line === key.end.line && compare(position, key.end) > 0 && value.start.line !== position.line)
  );
}

function touches({ start, end }: Range, position: Position): boolean {
  return compare(start, position) <= 0 && compare(position, end) <= 0;
}
