import type { LintFinding } from '../findings/finding';
import { withoutIgnored } from '../findings/ignore';
import { compare } from '../findings/safeEdits';
import { inheritedBy } from './compose';
import type { Syntax } from './entry';
import { factsOf } from './facts';
import { syntaxOf } from './read/names';
import { readConfig } from './read/read';
import { recognise } from './recognise';
import { latestRunOf } from './ofRun';
import { configRules } from './rules/all';
import { ratedByRun } from './rules/withRun';
import { nowhere, type Surroundings } from './surroundings';
import { asTraining, type TrainingConfig } from './training';

/** A config larger than this is data, by how long an editor would have to wait for it: the reader of YAML takes 2 ms a KiB. */
const MAX_SIZE: Readonly<Record<Syntax, number>> = {
  ...{ yaml: 96 * 1024, toml: 96 * 1024 },
  ...{ json: 256 * 1024, python: 256 * 1024, shell: 256 * 1024 },
};

/** A text without any of these has no setting that a dialect knows: it need not be parsed to see that. */
const words =
  /_base_|norm_cfg|dropout|drop[_-]?(rate|path|connect)|pdrop|p_drop|weight[_-]?decay|\bwd\b|[_-]norm\b|clip|smooth|\blr|learning[_-]?rate|epoch|batch|warmup|patience|ema|\bmax[_-](steps|iter)|monitor|zero_optimization|mixup|cutmix|mosaic/i;

/** What makes a config of Python; without any of it, it is one only if it does nothing but assign. */
const inPython =
  /_base_|LazyCall|ConfigDict|\bdataclass\b|^class \w*(Config|Args|Arguments|Hyperparameters|HParams|Settings)\b/m;
const code = /^[ \t]*(async def|def|class|for|while|with)\b/m;

/**
 * Findings in a training config, in the order of the file. Any other file gives none, and so does one that can't be
 * read: a syntax error is for the language's own tools to report. Never throws on odd text.
 * @param path decides the syntax by its ending
 * @param around what the config may inherit from
 */
export async function lintConfig(
  text: string,
  path: string,
  around: Surroundings = nowhere,
): Promise<LintFinding[]> {
  const found: LintFinding[] = [];
  for (const config of await trainingsIn(text, path, around)) {
    const run = around.runs && latestRunOf(config, path, around.runs);
    const ofConfig = [
      ...configRules.flatMap((rule) => rule.check(config)),
      ...(run ? ratedByRun(config, run) : []),
    ];
    found.push(...(config.dialect.soft ? ofConfig.map((one) => softly(one, config)) : ofConfig));
  }
  return withoutIgnored(unrepeated(found), text).sort((a, b) => compare(a.range.start, b.range.start));
}

/** The trainings that a file describes: one, as a rule; several in a shell script, or in documents of YAML. */
export async function trainingsIn(
  text: string,
  path: string,
  around: Surroundings = nowhere,
): Promise<TrainingConfig[]> {
  const syntax = syntaxOf(path);
  if (!syntax || text.length > MAX_SIZE[syntax] || !words.test(text)) return [];
  // Most Python is no config: that is seen without parsing it.
  if (syntax === 'python' && !inPython.test(text) && code.test(text)) return [];
  const found: TrainingConfig[] = [];
  for (const document of await readConfig(text, syntax)) {
    const dialect = document.isList ? undefined : recognise(document)?.dialect;
    if (!dialect) continue;
    const inherited = await inheritedBy(document, path, dialect, around);
    const config = asTraining(document, inherited, await factsOf(document, path, around));
    if (config) found.push(config);
  }
  return found;
}

/** Libraries whose arguments mean what they mean, whatever file they stand in. */
const library = /^(torch|timm|transformers|bitsandbytes|apex|keras|tensorflow|optax|(pytorch_)?lightning)\./;

/**
 * In a file of no known dialect a key may mean something else: nothing is claimed there, except of what is handed to a
 * library by name (`_target_: torch.optim.SGD`). Calls in a script are the business of the lint on scripts.
 */
function softly(finding: LintFinding, { settings, document }: TrainingConfig): LintFinding {
  const { severity, range } = finding;
  const setting = settings.find(({ entry }) => compare(entry.valueRange.start, range.start) === 0);
  const isNamed = document.syntax !== 'python' && library.test(setting?.target ?? '');
  if (isNamed) return finding;
  return { ...finding, severity: severity === 'error' || severity === 'warning' ? 'info' : 'hint' };
}

/** A value that several commands share (a shell variable) is told of once. */
function unrepeated(findings: readonly LintFinding[]): LintFinding[] {
  const seen = new Set<string>();
  return findings.filter(({ code, range, message }) => {
    const key = JSON.stringify([code, range, message]);
    return !seen.has(key) && seen.add(key);
  });
}
