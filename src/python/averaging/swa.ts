import * as l10n from '@vscode/l10n';
import { boundNames } from '../edit/imports';
import { insertAfter, insertBefore } from '../edit/insert';
import { elsewhereAdvice } from '../elsewhere';
import { trainingArguments } from '../huggingFace';
import { epochLoops, type EpochLoop } from '../model/epochs';
import { functionCalled } from '../model/functions';
import { frameworkAt, importsModule, isKerasFile } from '../model/framework';
import { indentOf } from '../edit/insert';
import { enclosingFunction, isBroken, isInside, parts, spelled } from '../model/nodes';
import { callsIn, type Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import { refuse, type Planner, type Proposal } from '../proposal';
import { trainingLoader } from './loaderOf';
import { averageInTrainer } from './swaLightning';
import { unfitForAveraging } from './present';
import { siteOf, type Site } from './site';
import { ratesByHand } from '../rate/byHand';
import { constantRate } from './swaRate';
import { swaNames } from './swaUtils';
import { swapModel } from './swap';
import { takeUp } from './takeUp';
import { hasBatchNorm, showsBatchNorm } from './torch';

/** From which share of the epochs on the weights are averaged. Source: about 75 % of training. */
const START = '0.75';

/** Stochastic weight averaging: the mean of the weights at the end of the last epochs. */
export const stochasticAveraging: Planner = {
  propose: (script) => [...loops(script), ...averageInTrainer(script), ...others(script)],
  nothing(script) {
    if (isKerasFile(script))
      return l10n.t(
        'Keras has no SWA: its optimizers keep an exponential average (use_ema=True), see the remedy ema',
      );
    if (importsModule(script, 'optax'))
      return l10n.t('optax has no SWA: keep a running mean of the parameters over the last epochs yourself');
    return (
      elsewhereAdvice(script, 'swa') ??
      l10n.t('no loop over epochs whose number is written out (range) trains here')
    );
  },
};

function others(script: Script): Proposal[] {
  return trainingArguments(script).map(({ node }) =>
    refuse(
      node,
      l10n.t('the Hugging Face Trainer averages no weights: average the last checkpoints instead'),
    ),
  );
}

function loops(script: Script): Proposal[] {
  const points = script.updatePoints;
  return epochLoops(script).map((loop) => {
    const head = loop.node.childForFieldName('left') ?? loop.node;
    const outcome = plan(loop, points, script);
    return typeof outcome === 'string' ? refuse(head, outcome) : { anchor: head, outcome };
  });
}

function plan(
  loop: EpochLoop,
  points: readonly UpdatePoint[],
  script: Script,
): Exclude<Proposal['outcome'], { reason: string }> | string {
  const line = loop.node.startPosition.row + 1;
  const reason = unfitForAveraging(script);
  if (reason) return reason;
  if (isBroken(loop.node)) return l10n.t('the code around line {0} has a syntax error', line);
  if (!loop.range || loop.variable === null || loop.variable === '_')
    return l10n.t(
      'how many epochs the loop of line {0} runs is not written out there: SWA begins after three quarters of them',
      line,
    );
  const [point] = points;
  if (!point) return l10n.t('no optimizer step stands in this file: average beside it');
  if (new Set(points.map(({ optimizer }) => spelled(optimizer))).size > 1)
    return l10n.t('several optimizers step here: it is not clear which weights to average');
  if (
    !/^(torch|apex)$/.test(frameworkAt(point, script)) ||
    script.wrappers.some(({ kind }) => /fsdp|accelerate|fabric|deepspeed/.test(kind))
  )
    return l10n.t(
      'the weights of the step in line {0} are wrapped by a framework: average the last checkpoints instead',
      point.statement.startPosition.row + 1,
    );
  const site = siteOf(point, script);
  if ('reason' in site) return site.reason;
  if (site.model.startsWith('self.') || !runsStep(loop, point, site, script))
    return l10n.t(
      'the loop of line {0} does not see the model that it trains: average it there by hand',
      line,
    );
  return (
    write(loop, point, site, script) ?? l10n.t('the loop of line {0} shares its lines with other code', line)
  );
}

/** Whether a loop takes a step: itself, by a function that is handed the model, or by one that sees the same. */
function runsStep(loop: EpochLoop, { statement }: UpdatePoint, { through }: Site, script: Script): boolean {
  const fn = enclosingFunction(statement);
  const around = through ? through.call.node : statement;
  if (isInside(around, loop.node)) return enclosingFunction(around)?.id === loop.scope?.id;
  if (through || fn === null || loop.scope !== null) return false;
  return callsIn(script, loop.node).some((call) => functionCalled(call, script)?.id === fn.id);
}

function write(
  loop: EpochLoop,
  point: UpdatePoint,
  site: Site,
  script: Script,
): ReturnType<typeof plan> | null {
  const { text } = script;
  const line = loop.node.startPosition.row + 1;
  if (boundNames(script).has('swa_model') || indentOf(loop.node, text) === null) return null;
  const to = /^[\w.]+$/.test(loop.range!.to) ? loop.range!.to : `(${loop.range!.to})`;
  const late = `if ${loop.variable!} >= ${START} * ${to}:`;
  const rate = constantRate(loop, late, script);
  if (typeof rate === 'string') return rate;
  const loader = hasBatchNorm(script) ? trainingLoader(point, site, loop.node, script) : null;
  const refresh = loader !== null;
  if (!refresh && showsBatchNorm(script))
    return l10n.t(
      'batch norm statistics must be computed anew for the average, and update_bn calls the model with the first of each batch of a loader, which the step in line {0} does not: run the training batches through swa_model in train mode by hand',
      point.statement.startPosition.row + 1,
    );
  const wanted = ['AveragedModel', ...(rate ? ['SWALR'] : []), ...(refresh ? ['update_bn'] : [])];
  const { names, edits } = swaNames(wanted, script);
  const called = (name: string): string => names[wanted.indexOf(name)]!;
  const made = [`swa_model = ${called('AveragedModel')}(${site.source})`];
  if (rate) made.push(`swa_scheduler = ${called('SWALR')}(${rate.optimizer}, swa_lr=${rate.swaLr})`);
  const before = insertBefore(loop.node, made, text);
  const end = parts(loop.body).at(-1)!;
  const update = insertAfter(end, [late, `${text.indent}swa_model.update_parameters(${site.model})`], text);
  const device = loader?.device ? `, device=${loader.device}` : '';
  const first = loader ? [`${called('update_bn')}(${loader.name}, swa_model${device})`] : [];
  if (!before || !update || /\bcontinue\b/.test(loop.body.text)) return null;
  const { edits: behind } = swapModel(
    { model: site.model, anchor: loop.node, average: 'swa_model', inner: 'swa_model.module' },
    script,
    loop.node.endIndex,
  );
  const taken =
    behind.length === 0
      ? takeUp(
          { model: site.model, source: site.source, average: 'swa_model', loop: loop.node, first },
          script,
        )
      : null;
  if (typeof taken === 'string') return taken;
  const refreshed = refresh && !taken ? insertAfter(loop.node, first, text) : null;
  if (refresh && !taken && !refreshed) return null;
  const after = [taken?.edits ?? [], refreshed ?? []].flat();
  const title = refresh
    ? l10n.t(
        'Average the weights of `{0}` over the last quarter of the epochs (SWA), and refresh its batch norms',
        site.model,
      )
    : l10n.t('Average the weights of `{0}` over the last quarter of the epochs (SWA)', site.model);
  return {
    edits: [...edits, before, ...(rate?.edits ?? []), update, ...after, ...behind],
    value: START,
    title: taken ? taken.titled(title) : title,
    notes: [
      ...(rate ? [] : [rateNote(script)]),
      ...(behind.length > 0 ? [l10n.t('What is evaluated and saved after the loop is the average.')] : []),
      ...(hasBatchNorm(script) && !refresh
        ? [
            l10n.t(
              'If the model has batch norms, compute their statistics anew for `swa_model` after the loop.',
            ),
          ]
        : []),
      l10n.t('The loop of line {0} must run to its end: SWA averages its last epochs.', line),
    ],
  };
}

/** What to tell of the learning rate where no schedule of PyTorch gives way to a constant one. */
function rateNote(script: Script): string {
  const [set] = ratesByHand(script);
  return set
    ? l10n.t(
        'Line {0} sets the learning rate by hand: keep it constant, at about half of the first, in the last quarter.',
        set.node.startPosition.row + 1,
      )
    : l10n.t('No schedule is in sight: at a constant rate SWA needs none.');
}
