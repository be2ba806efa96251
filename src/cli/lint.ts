import { basename, isAbsolute, relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { FileFinding } from '../findings/finding';
import { safeEdits } from '../findings/safeEdits';
import { loudness, type Loudness, type RuleSettings } from '../findings/severity';
import { isLintable, lintText } from '../lint/lint';
import { allRules } from '../lint/rules';
import { applyEdits } from '../remedies/textEdit';
import { HumanError } from '../runs/humanError';
import { filesBelow, readText, writeText } from './files';
import { strictJson } from './json';
import { choice, failOn, fails } from './options';
import { sarifOf } from './sarif';
import { plain, styleFor } from './style';
import { UsageError } from './usage';

/** How often safe fixes are written: one may clear the way for another. */
const MOST_ROUNDS = 5;

/** `fitcheck lint`: findings in the training scripts and configs below the given paths. */
export async function lintCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      fix: { type: 'boolean', default: false },
      'fail-on': { type: 'string' },
      rule: { type: 'string', multiple: true, default: [] },
    },
  });
  if (positionals.length === 0) throw new UsageError('lint needs a script, a config or a folder');
  const format = choice('--format', values.format, ['text', 'json', 'sarif'] as const);
  const limit = failOn(values['fail-on']);
  const settings = ruleSettings(values.rule);
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
    await attempt(async () => void (files = await filesBelow(path, isLintable)));
    for (const file of files) {
      await attempt(async () => {
        if (!isLintable(file))
          throw new HumanError(`${file}: not a Python, YAML or JSON file, which is what is linted`);
        findings.push(...(await lintFile(file, seenFrom(path, file), settings, values.fix)));
      });
    }
  }
  print(findings, format);
  for (const message of errors) process.stderr.write(`fitcheck: ${message}\n`);
  if (errors.length > 0) return 2;
  return findings.some(({ severity }) => fails(severity, limit)) ? 1 : 0;
}

/** Findings that are left in a file, after its safe fixes were written where that was asked for. */
async function lintFile(
  file: string,
  path: string,
  settings: RuleSettings,
  fix: boolean,
): Promise<FileFinding[]> {
  let text = await readText(file);
  let found = await lintText(text, path, settings);
  for (let round = 0; fix && round < MOST_ROUNDS; round++) {
    const edits = safeEdits(found);
    if (edits.length === 0) break;
    text = applyEdits(text, edits);
    await writeText(file, text);
    found = await lintText(text, path, settings);
  }
  return found.map((finding) => ({ ...finding, file }));
}

/** A file's path from the folder that is worked in, or from the one that was named where that is elsewhere. */
function seenFrom(named: string, file: string): string {
  const here = relative(process.cwd(), file);
  if (!here.startsWith('..') && !isAbsolute(here)) return here;
  return relative(named, file) || basename(file);
}

/** `--rule FC201=off`, as in the setting. @throws UsageError for anything else */
function ruleSettings(given: readonly string[]): RuleSettings {
  return Object.fromEntries(
    given.map((one) => {
      const [code = '', as = ''] = one.split('=');
      if (!allRules.some((rule) => rule.code === code)) throw new UsageError(`--rule: no rule "${code}"`);
      return [code, choice<Loudness>('--rule', as, loudness)];
    }),
  );
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
  const document = format === 'sarif' ? sarifOf(findings, allRules) : { version: 1, findings: contract };
  process.stdout.write(`${strictJson(document)}\n`);
}
