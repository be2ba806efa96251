import { pathToFileURL } from 'node:url';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import type { FileFinding } from '../findings/finding';
import { pageOf } from '../findings/pages';

const levels = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const;

/** Findings as SARIF 2.1.0, which code scanning services read. */
export function sarifOf(
  findings: readonly FileFinding[],
  rules: readonly { code: string; title: string }[],
): Log {
  const here = process.cwd();
  const results = findings.map(({ code, file, range, severity, message }): Result => ({
    ruleId: code,
    level: levels[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: locationOf(file, here),
          region: {
            startLine: range.start.line + 1,
            startColumn: range.start.character + 1,
            endLine: range.end.line + 1,
            endColumn: range.end.character + 1,
          },
        },
      },
    ],
  }));
  const described = rules.map(({ code, title }): ReportingDescriptor => ({
    id: code,
    shortDescription: { text: title },
    helpUri: pageOf(code),
  }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'fitcheck',
            informationUri: 'https://github.com/fitcheck/fitcheck',
            rules: described,
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { uri: `${pathToFileURL(here).href}/` } },
        results,
      },
    ],
  };
}

/** Where a file is, from the folder that is worked in: code scanning services know it by that. */
function locationOf(file: string, here: string): { uri: string; uriBaseId?: string } {
  const path = relative(here, resolve(file));
  if (path.startsWith('..') || isAbsolute(path)) return { uri: pathToFileURL(resolve(file)).href };
  return { uri: path.split(sep).map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' };
}
