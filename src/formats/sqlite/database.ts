import type { Pages } from './pages';
import { readRecord, type SqlValue } from './record';
import { readTable } from './table';

/** A table: where it begins, and the names of its columns in the order in which rows hold them. */
export interface Table {
  readonly root: number;
  readonly columns: readonly string[];
}

/** Words that begin a part of `CREATE TABLE` which is no column. */
const CONSTRAINT = /^(?:constraint|primary|unique|check|foreign)\b/i;
/** Columns of the schema table: type, name, root page, and the statement. */
const SCHEMA = [0, 1, 3, 4] as const;

/** The tables of a database by name. @throws RangeError when it is damaged */
export function tablesOf(pages: Pages): Map<string, Table> {
  const tables = new Map<string, Table>();
  readTable(pages, 1, 0, (_rowid, record) => {
    const [type, name, root, sql] = readRecord(record, SCHEMA);
    if (type !== 'table' || typeof name !== 'string' || typeof sql !== 'string') return;
    tables.set(name, { root: Number(root), columns: columnsOf(sql) });
  });
  return tables;
}

/**
 * Reads rows of a table, in the order in which they were inserted.
 * @param names columns in the order in which `read` gets them; null for one that the table does not have
 * @throws RangeError when the database is damaged
 */
export function selectRows(
  pages: Pages,
  table: Table,
  names: readonly string[],
  read: (values: readonly SqlValue[], rowid: number) => void,
  after = 0,
): void {
  const wanted = names.map((name) => table.columns.indexOf(name));
  readTable(pages, table.root, after, (rowid, record) => read(readRecord(record, wanted), rowid));
}

/** The names of the columns in a `CREATE TABLE`, lower case. */
function columnsOf(sql: string): string[] {
  const body = sql.slice(sql.indexOf('(') + 1, sql.lastIndexOf(')'));
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= body.length; i++) {
    const char = body[i];
    if (char === '(') depth++;
    else if (char === ')') depth--;
    else if ((char === ',' && depth === 0) || char === undefined) {
      parts.push(body.slice(start, i).trim());
      start = i + 1;
    }
  }
  return parts
    .filter((part) => part !== '' && !CONSTRAINT.test(part))
    .map((part) => /^["`[]?([^"`\]\s]+)/.exec(part)?.[1]?.toLowerCase() ?? '');
}
