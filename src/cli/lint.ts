import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { FileFinding } from '../config/finding';
import { isConfigName, lintConfig } from '../config/lint';
import { configRules } from '../config/rules/all';
import { applyEdits } from '../remedies/textEdit';
import { filesBelow, readText } from './files';
import { strictJson } from './json';
import { choice, failOn, fails } from './options';
import { sarifOf } from './sarif';
import { plain, styleFor } from './style';
import { UsageError } from './usage';

/** `fitcheck lint`: findings in the training configs below the given paths. */
export async function lintCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      fix: { type: 'boolean', default: false },
      'fail-on': { type: 'string' },
    },
  });
  if (positionals.length === 0) throw new UsageError('lint needs a config file or a folder');
  const format = choice('--format', values.format, ['text', 'json', 'sarif'] as const);
  const limit = failOn(values['fail-on']);
  const files = (await Promise.all(positionals.map((path) => filesBelow(path, isConfigName)))).flat();
  const findings: FileFinding[] = [];
  for (const file of files) findings.push(...(await lintFile(file, values.fix)));
  print(findings, format);
  return findings.some(({ severity }) => fails(severity, limit)) ? 1 : 0;
}

/** Findings that are left in a file, after its safe fixes were written where that was asked for. */
async function lintFile(file: string, fix: boolean): Promise<FileFinding[]> {
  const text = await readText(file);
  const found = lintConfig(text, file);
  const edits = fix ? found.flatMap((finding) => (finding.fix?.safe ? finding.fix.edits : [])) : [];
  if (edits.length === 0) return found.map((finding) => ({ ...finding, file }));
  const fixed = applyEdits(text, edits);
  await writeFile(file, fixed);
  return lintConfig(fixed, file).map((finding) => ({ ...finding, file }));
}

function print(findings: readonly FileFinding[], format: 'text' | 'json' | 'sarif'): void {
  if (format === 'text') {
    const style = styleFor(process.stdout);
    const colour = { error: 'red', warning: 'yellow', info: 'blue', hint: 'dim' } as const;
    for (const { file, range, severity, code, message } of findings) {
      const where = `${file}:${range.start.line + 1}:${range.start.character + 1}`;
      process.stdout.write(
        `${plain(where)} ${style(colour[severity], severity)} ${plain(message)} ${code}\n`,
      );
    }
    const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`;
    process.stdout.write(`${count}\n`);
    return;
  }
  const contract = findings.map(({ code, file, range, severity, message, fix }) => ({
    ...{ code, file, range, severity, message },
    ...(fix ? { fix: { title: fix.title, edits: fix.edits } } : {}),
  }));
  const document = format === 'sarif' ? sarifOf(findings, configRules) : { version: 1, findings: contract };
  process.stdout.write(`${strictJson(document)}\n`);
}
