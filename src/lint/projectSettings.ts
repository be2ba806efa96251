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
    throw new HumanError(`${name}:${line}: no valid JSON (${printParseErrorCode(error.error)})`, name);
  }
  return tableAt(value ?? {}, 'the file', name);
}

function fromToml(text: string, name: string): Table | null {
  let value: Table;
  try {
    value = getStaticTOMLValue(parseTOML(text));
  } catch (error) {
    throw new HumanError(
      `${name}: no valid TOML (${error instanceof Error ? error.message : String(error)})`,
      name,
    );
  }
  const tool = tableAt(value.tool, 'tool', name);
  return tool.fitcheck === undefined ? null : tableAt(tool.fitcheck, 'tool.fitcheck', name);
}

function tableAt(value: unknown, key: string, name: string): Table {
  if (value === undefined) return {};
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Table;
  throw new HumanError(`${name}: ${key} must be a mapping`, name);
}

function only(table: Table, keys: readonly string[], place: string, name: string): void {
  const other = Object.keys(table).find((key) => !keys.includes(key));
  if (other === undefined) return;
  throw new HumanError(
    `${name}: there is no setting "${place}${other}"; there is ${keys.filter((key) => key !== '$schema').join(', ')}`,
    name,
  );
}

function rulesIn(table: Table, name: string): Record<string, Loudness> {
  for (const [code, value] of Object.entries(table)) {
    if (!allRules.some((rule) => rule.code === code))
      throw new HumanError(`${name}: there is no rule "${code}"`, name);
    if (!loudness.includes(value as Loudness)) {
      throw new HumanError(
        `${name}: ${code} is ${JSON.stringify(value)}; it may be ${loudness.join(', ')}`,
        name,
      );
    }
  }
  return table as Record<string, Loudness>;
}

function patternsIn(value: unknown, name: string): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value;
  throw new HumanError(`${name}: lint.exclude must be a list of patterns such as "third_party/"`, name);
}
