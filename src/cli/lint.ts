import { parseArgs } from 'node:util';
import type { FileFinding } from '../config/finding';
import { isConfigName, lintConfig } from '../config/lint';
import { configRules } from '../config/rules/all';
import { applyEdits } from '../remedies/textEdit';
import { HumanError } from '../runs/humanError';
import { filesBelow, readText, writeText } from './files';
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
  const findings: FileFinding[] = [];
  const errors: string[] = [];
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      errors.push(error.message);
    }
  };
  for (const path of positionals) {
    let files: string[] = [];
    await attempt(async () => void (files = await filesBelow(path, isConfigName)));
    for (const file of files) {
      await attempt(async () => {
        if (!isConfigName(file))
          throw new HumanError(`${file}: not a YAML or JSON file, which is what is linted`);
        findings.push(...(await lintFile(file, values.fix)));
      });
    }
  }
  print(findings, format);
  for (const message of errors) process.stderr.write(`fitcheck: ${message}\n`);
  if (errors.length > 0) return 2;
  return findings.some(({ severity }) => fails(severity, limit)) ? 1 : 0;
}

/** Findings that are left in a file, after its safe fixes were written where that was asked for. */
async function lintFile(file: string, fix: boolean): Promise<FileFinding[]> {
  const text = await readText(file);
  const found = lintConfig(text, file);
  const edits = fix ? found.flatMap((finding) => (finding.fix?.safe ? finding.fix.edits : [])) : [];
  if (edits.length === 0) return found.map((finding) => ({ ...finding, file }));
  const fixed = applyEdits(text, edits);
  await writeText(file, fixed);
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
