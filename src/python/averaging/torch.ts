import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../remedies/textEdit';
import { boundNames } from '../edit/imports';
import { insertAfter, insertBefore } from '../edit/insert';
import { reach } from '../edit/reach';
import { importsModule, frameworkAt } from '../model/framework';
import { lastBackward } from '../model/lastBackward';
import { isBroken, parts, spelled, statementAround } from '../model/nodes';
import { oncePer } from '../model/once';
import type { Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import type { Node } from '../parser';
import { refuse, type Proposal } from '../proposal';
import { handOver } from './handOver';
import { unfitForAveraging } from './present';
import { siteOf, type Site } from './site';
import { swapModel } from './swap';
import { takeUp } from './takeUp';
import { swaNames } from './swaUtils';
import { DECAY, memory } from './values';

/** Frameworks whose step is no place for an average that is kept in the loop. */
const elsewhere: Readonly<Record<string, () => string>> = {
  'own-backward': () =>
    l10n.t(
      'the optimizer goes backward itself, and may keep weights in full precision beside those of the model: average those',
    ),
  deepspeed: () =>
    l10n.t('DeepSpeed shards the weights: an average of them must be gathered by its own means'),
  fsdp1: () =>
    l10n.t(
      'the weights may be sharded (FSDP, DeepSpeed): an average of them must be made of the unsharded model',
    ),
  lightning: () =>
    l10n.t('with manual optimization, give the Trainer the callback EMAWeightAveraging(decay=0.999)'),
  'hf-trainer': () => l10n.t('the Hugging Face Trainer keeps no average by itself'),
  keras: () => l10n.t('Keras averages in the optimizer: use_ema=True'),
  tinygrad: () => l10n.t('tinygrad has no average of weights to call'),
  rpc: () => l10n.t('the weights are on other machines (RPC)'),
  'fused-backward': () => l10n.t('the optimizer steps within backward: average after the whole backward'),
};

/** An exponential moving average of the weights of each loop that takes its steps itself. */
export function averageLoops(script: Script): Proposal[] {
  const points = script.updatePoints;
  if (points.length === 0) return [];
  const reason = unfitForAveraging(script);
  const optimizers = new Set(points.map(({ optimizer }) => spelled(optimizer)));
  return points.map((point) => {
    if (reason) return refuse(point.statement, reason);
    if (optimizers.size > 1)
      return refuse(
        point.statement,
        l10n.t('several optimizers step here: it is not clear which weights to average'),
      );
    // One average for all steps of the one optimizer: a branch for mixed precision has a step of its own.
    return average(point, points, script);
  });
}

const mayShard = oncePer(({ text: { source } }: Script) => /deepspeed|fsdp|FullySharded/i.test(source));

function average(point: UpdatePoint, points: readonly UpdatePoint[], script: Script): Proposal {
  const line = point.statement.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(point.statement, reason);
  if (isBroken(point.statement)) return no(l10n.t('the code around line {0} has a syntax error', line));
  const framework = frameworkAt(point, script);
  if (Object.hasOwn(elsewhere, framework)) return no(l10n.t('line {0}: {1}', line, elsewhere[framework]!()));
  if (mayShard(script) || script.wrappers.some(({ kind }) => kind === 'fsdp2')) return no(elsewhere.fsdp1!());
  if (importsModule(script, 'torch.distributed.rpc'))
    return no(l10n.t('line {0}: {1}', line, elsewhere.rpc!()));
  if (point.closure)
    return no(l10n.t('the step in line {0} takes a closure: average after the epoch instead', line));
  if (points.some(({ scope }) => scope.id !== point.scope.id))
    return no(l10n.t('steps stand in several functions: it is not clear which one trains'));
  const site = siteOf(point, script);
  if ('reason' in site) return no(site.reason);
  return (
    write(point, points, site, framework === 'accelerate', script) ??
    no(l10n.t('the step in line {0} shares its line with other code', line))
  );
}

function write(
  point: UpdatePoint,
  points: readonly UpdatePoint[],
  site: Site,
  accelerates: boolean,
  script: Script,
): Proposal | null {
  const own = site.model.startsWith('self.');
  const bare = ['ema_model', 'model_ema', 'averaged_model'].find(
    (one) => !boundNames(script).has(one) && !boundNames(script).has(`self.${one}`),
  );
  if (bare === undefined) return null;
  const name = own ? `self.${bare}` : bare;
  const accelerator = accelerates ? lastBackward(point, script)!.call.receiver!.text : null;
  const source = accelerator ? `${accelerator}.unwrap_model(${site.source})` : site.source;
  const trained = accelerator ? `${accelerator}.unwrap_model(${site.inStep})` : site.inStep;
  const written = importsModule(script, 'timm') ? byTimm(source, script) : byTorch(source, script);
  const made = (site.place === 'before' ? insertBefore : insertAfter)(
    site.anchor,
    [`${name} = ${written.made}`],
    script.text,
  );
  const update = `${name}.${written.update}(${trained})`;
  const synced = accelerator && point.accumulation?.type === 'with_statement';
  const lines = synced ? [`if ${accelerator}.sync_gradients:`, `${script.text.indent}${update}`] : [update];
  const updates = points.map((one) => insertAfter(afterStep(one, script), lines, script.text));
  if (!made || updates.some((one) => one === null)) return null;
  const swap = swapModel(
    { model: site.model, anchor: site.anchor, average: name, inner: `${name}.module` },
    script,
  );
  const unused = !own && !swap.evaluates && !swap.saves;
  const taken = unused ? takeUp({ model: site.model, source, average: name, loop: site.end }, script) : null;
  if (typeof taken === 'string') return refuse(point.statement, taken);
  const handed = site.through ? handOver(bare, site.through, script) : [];
  const edits: TextEdit[] = [
    ...written.imports,
    made,
    ...(updates as TextEdit[]),
    ...handed,
    ...swap.edits,
    ...(taken?.edits ?? []),
  ];
  const kept = l10n.t(
    'Keep an average (EMA, decay {0}) of the weights of `{1}`, updated after `{2}`',
    DECAY,
    site.model,
    point.statement.text.split(/\r?\n/)[0]!,
  );
  const title = taken ? taken.titled(kept) : used(kept, swap);
  return {
    anchor: point.statement,
    outcome: {
      edits,
      value: DECAY,
      title,
      many: () => title,
      notes: [memory(), ...notes(name, swap, taken !== null, written.notes)],
    },
  };
}

/** The title of an edit, with what uses the average from now on. */
function used(title: string, { evaluates, saves }: { evaluates: boolean; saves: boolean }): string {
  if (evaluates && saves) return l10n.t('{0}, and evaluate and save with it', title);
  if (evaluates) return l10n.t('{0}, and evaluate with it', title);
  return saves ? l10n.t('{0}, and save with it', title) : title;
}

function notes(
  name: string,
  swap: { evaluates: boolean; saves: boolean },
  taken: boolean,
  more: readonly string[],
): string[] {
  const all = [...more];
  if (!swap.evaluates)
    all.push(l10n.t('What is evaluated is the raw model, if anything: evaluate `{0}` instead of it.', name));
  if (!swap.saves && !taken)
    all.push(l10n.t('Save `{0}.module.state_dict()`, too: what is saved now are the raw weights.', name));
  return all;
}

interface Averager {
  made: string;
  update: string;
  imports: TextEdit[];
  notes: string[];
}

function byTorch(source: string, script: Script): Averager {
  const names = swaNames(['AveragedModel', 'get_ema_multi_avg_fn'], script);
  const [model, fn] = names.names;
  const buffers = hasBatchNorm(script) ? ', use_buffers=True' : '';
  return {
    made: `${model!}(${source}, multi_avg_fn=${fn!}(${DECAY})${buffers})`,
    update: 'update_parameters',
    imports: names.edits,
    notes: [l10n.t('It needs torch 2.0.')],
  };
}

function byTimm(source: string, script: Script): Averager {
  const utils = importsModule(script, 'timm.utils') ? ['timm'] : [];
  const { name, edits } = reach('timm.utils.ModelEmaV3', script, utils);
  return {
    made: `${name}(${source}, decay=${DECAY})`,
    update: 'update',
    imports: edits,
    notes: [l10n.t('ModelEmaV3 needs timm 1.0.')],
  };
}

/** Running statistics must be averaged like the weights. What is made elsewhere may have some. */
export const hasBatchNorm = oncePer(({ text: { source } }: Script) =>
  /BatchNorm|torchvision|timm|resnet|efficientnet|mobilenet|densenet|vgg/i.test(source),
);

/** Whether batch norms are in sight, and not only a library whose models may have some, among its data sets and transforms. */
export const showsBatchNorm = oncePer(({ text: { source } }: Script) =>
  /BatchNorm|batch_norm\(|torchvision\.models|torchvision import .*\bmodels\b|\btimm\b|resnet|efficientnet|mobilenet|densenet|vgg/i.test(
    source,
  ),
);

/** The step, or what belongs to it: `scaler.update()`, the scheduler that counts steps. */
function afterStep({ statement, scaler }: UpdatePoint, script: Script): Node {
  if (!scaler) return statement;
  const block = parts(statement.parent);
  const update = script.scalerUses.find(
    ({ action, scaler: name, call }) =>
      action === 'update' &&
      name === spelled(scaler) &&
      call.node.startIndex > statement.startIndex &&
      block.some(({ id }) => id === statementAround(call.node).id),
  );
  return update ? statementAround(update.call.node) : statement;
}
