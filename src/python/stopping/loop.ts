import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../remedies/textEdit';
import { addDefinition } from '../edit/definition';
import { boundNames, isRebound, moduleNamed } from '../edit/imports';
import { indentOf, insertAfter, insertBefore } from '../edit/insert';
import { epochLoops, type EpochLoop } from '../model/epochs';
import { importsModule } from '../model/framework';
import { isBroken, parts } from '../model/nodes';
import { oncePer } from '../model/once';
import { modelIn } from '../model/owner';
import type { Script } from '../model/script';
import { isAdversarial, isReinforcement } from '../model/subject';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';
import { helperClass } from './helper';
import { validationMetric, type Metric } from './metric';
import { counted, epochsOf, patienceFor } from './patience';

/** A counter in each epoch loop that is spelled out: a break when validation no longer improves, then the best weights. */
export function stopLoops(script: Script): Proposal[] {
  return epochLoops(script).map((loop) => stop(loop, script));
}

function stop(loop: EpochLoop, script: Script): Proposal {
  const { node } = loop;
  const line = node.startPosition.row + 1;
  const head = headOf(loop);
  const no = (reason: string): Proposal => refuse(head, reason);
  const reason = unfit(loop, script);
  if (reason) return no(reason);
  const metric = validationMetric(loop, script);
  if ('reason' in metric) return no(metric.reason);
  const model = modelIn(node, script);
  if (model === null)
    return no(
      l10n.t(
        'which model the loop of line {0} trains is not visible here: its best weights are to be kept',
        line,
      ),
    );
  const accelerator = acceleratorOf(script);
  if (accelerator && !/gather|\.reduce\(/.test(script.text.source))
    return no(
      l10n.t(
        '{0} is of one process only: gather it ({1}.gather_for_metrics) first, so that all stop together',
        metric.name,
        accelerator,
      ),
    );
  const patience = patienceFor(epochsOf(loop, script));
  const edits = write(loop, metric, model, { accelerator, patience }, script);
  if (!edits) return no(l10n.t('the loop of line {0} shares its lines with other code', line));
  return {
    anchor: head,
    outcome: {
      edits,
      value: patience,
      title: l10n.t(
        'Stop when `{0}` has not improved for {1}, and restore the best weights of `{2}`',
        metric.name,
        counted(patience, 'epoch'),
        model,
      ),
      many: (count) => l10n.t('Stop {0} loops when validation no longer improves', count),
      notes: notes(script),
    },
  };
}

function headOf({ node }: EpochLoop): Node {
  return node.childForFieldName('left') ?? node.childForFieldName('condition') ?? node;
}

function notes({ text: { source } }: Script): string[] {
  const all = [l10n.t('The best weights are kept in memory, a copy at each improvement.')];
  if (/torch\.save\(/.test(source))
    all.push(l10n.t('What is saved before the loop ends are the weights of that epoch, as before.'));
  return all;
}

const distributed =
  /\b(DistributedDataParallel|DDP|init_process_group|FullyShardedDataParallel|FSDP|fully_shard|DistributedSampler)\b/;

function unfit({ node }: EpochLoop, script: Script): string | null {
  const line = node.startPosition.row + 1;
  if (isBroken(node)) return l10n.t('the code around line {0} has a syntax error', line);
  const whole = unfitScript(script);
  if (whole !== null) return whole;
  if ((counts(script) || counting.test(node.text)) && /\b(break|return)\b/.test(node.text))
    return l10n.t('the loop of line {0} counts its patience already', line);
  return null;
}

/** Counters of checks without improvement, as people call them. */
const counting = /no_?improve|not_?improv|trigger_times|bad_epochs|stale|epochs_since|since_best|wait\s*\+=/i;

/** A patience that is not the one of a schedule. */
const counts = oncePer(({ text: { source } }: Script) =>
  /\bpatience\b/.test(source.replace(/ReduceLROnPlateau\([^)]*\)/g, '')),
);

/** Why no loop of a script is to be stopped by its validation, or null. */
const unfitScript = oncePer((script: Script): string | null => {
  const { source } = script.text;
  if (/early_?stop/i.test(source)) return l10n.t('the script stops early already, by its names');
  if (isAdversarial(script))
    return l10n.t(
      'a GAN: no loss of it says when to stop; choose among its checkpoints by looking or by FID',
    );
  if (isReinforcement(script))
    return l10n.t('reinforcement learning: there is no validation set whose loss could rise');
  if (distributed.test(source) || importsModule(script, 'horovod', 'deepspeed', 'torch_xla'))
    return l10n.t(
      'the training is distributed: decide on one rank and broadcast the decision (torch.distributed.broadcast), so that all processes leave the loop together',
    );
  if (script.wrappers.some(({ kind }) => kind === 'fabric'))
    return l10n.t(
      'Fabric may run several processes: reduce the metric (fabric.all_reduce) and stop the loop on all of them together',
    );
  return null;
});

function acceleratorOf({ wrappers }: Script): string | null {
  return wrappers.find(({ kind }) => kind === 'accelerate')?.target ?? null;
}

function write(
  loop: EpochLoop,
  metric: Metric,
  model: string,
  { accelerator, patience }: { accelerator: string | null; patience: string },
  script: Script,
): TextEdit[] | null {
  const { text } = script;
  const name = ['early_stopping', 'early_stop', 'stopper'].find(
    (one) => !boundNames(script).has(one) && !isRebound(one, script),
  );
  if (name === undefined || indentOf(loop.node, text) === null) return null;
  const copy = moduleNamed('copy', 'import copy', script);
  const value = metric.mode === 'min' ? metric.name : `-${metric.name}`;
  const test = `if ${name}.should_stop(${value}, ${model}):`;
  const lines = accelerator
    ? [
        test,
        `${text.indent}${accelerator}.set_trigger()`,
        `if ${accelerator}.check_trigger():`,
        `${text.indent}break`,
      ]
    : [test, `${text.indent}break`];
  const made = insertBefore(loop.node, [`${name} = EarlyStopping(patience=${patience})`], text);
  const check = insertAfter(checkAfter(metric), lines, text);
  const restore = insertAfter(loop.node, [`${name}.restore(${model})`], text);
  return made && check && restore
    ? [...copy.edits, addDefinition(helperClass(copy.name, text), script), made, check, restore]
    : null;
}

/** The end of the epoch, so that what it logs and saves is still done; directly after the metric where a `continue` might skip that. */
function checkAfter({ last }: Metric): Node {
  const block = last.parent!;
  const end = parts(block).at(-1)!;
  const skips = /continue/.test(block.text);
  const leaves = /^(break|return|raise|continue)_statement$/.test(end.type);
  return skips || leaves ? last : end;
}
