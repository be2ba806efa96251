import * as l10n from '@vscode/l10n';
import { getStaticTOMLValue, parseTOML } from 'toml-eslint-parser';
import { parse, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { loudness, type Loudness } from '../findings/severity';
import { HumanError } from '../runs/humanError';
import { allRules } from './rules';

export interface ProjectSettings {
  readonly rules: Readonly<Record<string, Loudness>>;
  /** Patterns as in a `.gitignore`. */
  readonly exclude: readonly string[];
}

type Table = Readonly<Record<string, unknown>>;

/**
 * The settings in a project file, or null where it has none.
 * @param name `.fitcheck.json`, or a TOML file with a table `[tool.fitcheck.lint]`
 * @throws HumanError for a file or a key that can't be understood: which, and what may stand there
 */
export function projectSettings(text: string | null, name: string): ProjectSettings | null {
  if (text === null || (name.endsWith('.toml') && !text.includes('tool.fitcheck'))) return null;
  const table = name.endsWith('.toml') ? fromToml(text, name) : fromJson(text, name);
  if (table === null) return null;
  only(table, ['$schema', 'lint'], '', name);
  const lint = tableAt(table.lint, 'lint', name);
  only(lint, ['rules', 'exclude'], 'lint.', name);
  return {
    rules: rulesIn(tableAt(lint.rules, 'lint.rules', name), name),
    exclude: patternsIn(lint.exclude, name),
  };
}

function fromJson(text: string, name: string): Table {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error) {
    const line = text.slice(0, error.offset).split('\n').length;
    throw new HumanError(
      l10n.t('{0}:{1}: no valid JSON ({2})', name, line, printParseErrorCode(error.error)),
      name,
    );
  }
  return tableAt(value ?? {}, l10n.t('the file'), name);
}

function fromToml(text: string, name: string): Table | null {
  let value: Table;
  try {
    value = getStaticTOMLValue(parseTOML(text));
  } catch (error) {
    throw new HumanError(
      l10n.t('{0}: no valid TOML ({1})', name, error instanceof Error ? error.message : String(error)),
      name,
    );
  }
  const tool = tableAt(value.tool, 'tool', name);
  return tool.fitcheck === undefined ? null : tableAt(tool.fitcheck, 'tool.fitcheck', name);
}

function tableAt(value: unknown, key: string, name: string): Table {
  if (value === undefined) return {};
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Table;
  throw new HumanError(l10n.t('{0}: {1} must be a mapping', name, key), name);
}

function only(table: Table, keys: readonly string[], place: string, name: string): void {
  const other = Object.keys(table).find((key) => !keys.includes(key));
  if (other === undefined) return;
  throw new HumanError(
    l10n.t(
      '{0}: there is no setting "{1}"; there is {2}',
      name,
      place + other,
      keys.filter((key) => key !== '$schema').join(', '),
    ),
    name,
  );
}

function rulesIn(table: Table, name: string): Record<string, Loudness> {
  for (const [code, value] of Object.entries(table)) {
    if (!allRules.some((rule) => rule.code === code))
      throw new HumanError(l10n.t('{0}: there is no rule "{1}"', name, code), name);
    if (!loudness.includes(value as Loudness)) {
      throw new HumanError(
        l10n.t('{0}: {1} is {2}; it may be {3}', name, code, JSON.stringify(value), loudness.join(', ')),
        name,
      );
    }
  }
  return table as Record<string, Loudness>;
}

function patternsIn(value: unknown, name: string): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw new HumanError(
    l10n.t('{0}: lint.exclude must be a list of patterns such as "third_party/"', name),
    name,
  );
}
