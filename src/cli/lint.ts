import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { FileFinding, LintFinding } from '../findings/finding';
import { safeEdits } from '../findings/safeEdits';
import { loudness, type Loudness, type RuleSettings } from '../findings/severity';
import { lintText } from '../lint/lint';
import { isLintable } from '../lint/names';
import { combined } from '../lint/project';
import { allRules } from '../lint/rules';
import { applyEdits, type Position, type Range } from '../remedies/textEdit';
import { HumanError } from '../runs/humanError';
import { filesBelow, readText, writeText } from './files';
import { strictJson } from './json';
import { projectOf, type ProjectOnDisk } from './lintProject';
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
  const done = new Set<string>();
  for (const path of positionals) {
    await attempt(async () => {
      const disk = await projectOf(path);
      for (const file of await filesBelow(path, isLintable)) {
        // A file that was named is linted whatever the project passes over.
        if (file !== path && disk.project.ignores(disk.seen(file))) continue;
        // `lint . train.yaml` names one file twice.
        if (done.has(resolve(file))) continue;
        done.add(resolve(file));
        await attempt(async () => {
          if (!isLintable(file))
            throw new HumanError(
              `${file}: not a Python, YAML, JSON, TOML or shell file, which is what is linted`,
            );
          findings.push(...(await lintFile(file, disk, settings, values.fix)));
        });
      }
    });
  }
  print(findings, format);
  for (const message of errors) process.stderr.write(`fitcheck: ${message}\n`);
  if (errors.length > 0) return 2;
  return findings.some(({ severity }) => fails(severity, limit)) ? 1 : 0;
}

/** Findings that are left in a file, after its safe fixes were written where that was asked for. */
async function lintFile(
  file: string,
  { seen, project, around }: ProjectOnDisk,
  given: RuleSettings,
  fix: boolean,
): Promise<FileFinding[]> {
  const settings = combined(project.rules, given);
  const lint = (source: string) => lintText(source, seen(file), settings, around);
  let text = await readText(file);
  let found = await lint(text);
  for (let round = 0; fix && round < MOST_ROUNDS; round++) {
    const edits = safeEdits(found);
    if (edits.length === 0) break;
    text = applyEdits(text, edits);
    await writeText(file, text);
    found = await lint(text);
  }
  return found.map((finding) => ({ ...asSeen(finding, text), file }));
}

/** A finding where editors see it: a byte order mark is no column of the first line. */
function asSeen(finding: LintFinding, text: string): LintFinding {
  if (!text.startsWith('\uFEFF')) return finding;
  const seen = ({ line, character }: Position): Position => ({
    line,
    character: line === 0 ? Math.max(0, character - 1) : character,
  });
  const range = ({ start, end }: Range): Range => ({ start: seen(start), end: seen(end) });
  const { fix } = finding;
  const edits = fix?.edits.map((edit) => ({ ...edit, range: range(edit.range) }));
  return { ...finding, range: range(finding.range), ...(fix && edits ? { fix: { ...fix, edits } } : {}) };
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
