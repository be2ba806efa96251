import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';
import type { FileFinding } from '../findings/finding';
import { pageOf } from '../findings/pages';

const levels = { error: 'error', warning: 'warning', info: 'note', hint: 'note' } as const;

/** Findings as SARIF 2.1.0, which code scanning services read. */
export function sarifOf(
  findings: readonly FileFinding[],
  rules: readonly { code: string; title: string }[],
): object {
  const results = findings.map(({ code, file, range, severity, message }) => ({
    ruleId: code,
    level: levels[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: pathToFileURL(resolve(file)).href },
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
  const described = rules.map(({ code, title }) => ({
    id: code,
    shortDescription: { text: title },
    helpUri: pageOf(code),
  }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      { tool: { driver: { name: 'fitcheck', rules: described } }, columnKind: 'utf16CodeUnits', results },
    ],
  };
}
