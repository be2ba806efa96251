import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../remedies/textEdit';
import { isRebound, moduleNamed, type Reached } from '../edit/imports';
import { insertBeforeNode } from '../edit/insert';
import { assignmentsTo } from '../model/assignments';
import type { PointFramework } from '../model/framework';
import { lastBackward } from '../model/lastBackward';
import { horovodSteps } from '../model/horovod';
import { enclosing, enclosingFunction, spelled } from '../model/nodes';
import type { Script } from '../model/script';
import type { UpdatePoint } from '../model/updatePoints';
import { MAX_NORM } from './bound';
import { calledBetween, fabricModel } from './fabricModel';
import { groupsOf, modelOf, parametersOf } from './parameters';
import { wrappedModel, wrapperOf } from './wrapper';

/** The statements that clip at an update point, in the words of its framework. */
export interface Written {
  lines: string[];
  /** What clips, where that is not PyTorch's own function: for the title. */
  by: string | null;
  /** Whether the call unscales by itself. */
  unscales: boolean;
  imports: TextEdit[];
  /** Edits besides the inserted statements. */
  around: TextEdit[];
  notes: string[];
}

type Writer = (point: UpdatePoint, script: Script) => Written | { reason: string };

const plain = (lines: string[], more: Partial<Written> = {}): Written => ({
  lines,
  by: null,
  unscales: false,
  imports: [],
  around: [],
  notes: [],
  ...more,
});

const writers: Readonly<Partial<Record<PointFramework, Writer>>> = {
  accelerate: writeAccelerate,
  fabric: writeFabric,
  lightning: writeLightning,
  fsdp1: writeFsdp,
  horovod: writeHorovod,
  apex: writeApex,
};

/** Says how a framework clips, or why it can not be said here. */
export function writeClip(
  point: UpdatePoint,
  framework: PointFramework,
  script: Script,
): Written | { reason: string } {
  // What hands the optimizer over as it is needs no groups of it.
  const byGroups = !/^(fabric|lightning|fsdp1|apex)$/.test(framework) && modelOf(point, script) === null;
  const wrapper = byGroups ? wrapperOf(point, script) : null;
  const within = wrapper === null ? null : wrappedModel(point, script);
  if (within !== null) return torchCall(`${within}.parameters()`, script);
  if (wrapper !== null) {
    const line = point.statement.startPosition.row + 1;
    return {
      reason: l10n.t(
        '{0} in line {1} may be wrapped by {2}, without groups of its own: clip the parameters of the model before the step',
        spelled(point.optimizer),
        line,
        wrapper,
      ),
    };
  }
  return writers[framework]?.(point, script) ?? torchCall(parametersOf(point, script), script);
}

function torchCall(parameters: string, script: Script): Written {
  const { name, edits } = clipFunction(script);
  return plain([`${name}(${parameters}, max_norm=${MAX_NORM})`], { imports: edits });
}

/** How the script calls PyTorch's function, and the import that this needs, if any. */
function clipFunction(script: Script): Reached {
  const named = script.imports.nameFor('torch.nn.utils.clip_grad_norm_');
  if (named !== null) return { name: named, edits: [] };
  const nn = script.imports.nameFor('torch.nn');
  if (nn !== null && !isRebound(nn, script)) return { name: `${nn}.utils.clip_grad_norm_`, edits: [] };
  const torch = moduleNamed('torch', 'import torch', script);
  return { name: `${torch.name}.nn.utils.clip_grad_norm_`, edits: torch.edits };
}

/** Accelerate unscales by itself; under `accumulate()` gradients are whole only when they are synchronised. */
function writeAccelerate(point: UpdatePoint, script: Script): Written {
  const accelerator = lastBackward(point, script)!.call.receiver!.text;
  const clip = `${accelerator}.clip_grad_norm_(${parametersOf(point, script)}, ${MAX_NORM})`;
  const accumulating = point.accumulation?.type === 'with_statement';
  const lines = accumulating ? [`if ${accelerator}.sync_gradients:`, `${script.text.indent}${clip}`] : [clip];
  return plain(lines, {
    by: `${accelerator}.clip_grad_norm_`,
    unscales: true,
    notes: [
      l10n.t('Under DeepSpeed this call only reports the norm: set gradient_clipping in its config there.'),
    ],
  });
}

function writeFabric(point: UpdatePoint, script: Script): Written | { reason: string } {
  const fabric = lastBackward(point, script)!.call.receiver!.text;
  const model = fabricModel(point, script) ?? modelOf(point, script) ?? calledBetween(point, script);
  if (model === null) {
    const line = point.statement.startPosition.row + 1;
    return {
      reason: l10n.t(
        'which model the optimizer in line {0} changes is not visible here: call {1}.clip_gradients(model, optimizer, max_norm=1.0) before it',
        line,
        fabric,
      ),
    };
  }
  return plain([`${fabric}.clip_gradients(${model}, ${point.optimizer.text}, max_norm=${MAX_NORM})`], {
    by: `${fabric}.clip_gradients`,
    unscales: true,
    notes: [
      l10n.t(
        'It raises on a NaN in the gradients unless error_if_nonfinite=False is passed; under the DeepSpeed strategy clip in its config.',
      ),
    ],
  });
}

/** Manual optimization; the Trainer's own argument raises there. */
function writeLightning({ optimizer }: UpdatePoint, { text: { quote } }: Script): Written {
  const algorithm = `gradient_clip_algorithm=${quote}norm${quote}`;
  return plain([`self.clip_gradients(${optimizer.text}, gradient_clip_val=${MAX_NORM}, ${algorithm})`], {
    by: 'self.clip_gradients',
    unscales: true,
  });
}

/**
 * The optimizer's own groups hold the master weights. Apex has a name for them, of use where it is imported in any case;
 * under `if fp16:` or `try:` it is not.
 */
function writeApex({ optimizer }: UpdatePoint, script: Script): Written {
  const scaled = script.calls.find(({ path }) => /(^|\.)amp\.scale_loss$/.test(path))!;
  const amp = scaled.callee.text.replace(/\.\w+$/, '');
  const imported = script.imports.names.find(({ bound }) => bound === amp.split('.')[0]);
  const always =
    imported?.everywhere === true && !enclosing(imported.statement, 'if_statement', 'try_statement');
  return torchCall(always ? `${amp}.master_params(${optimizer.text})` : groupsOf(optimizer, script), script);
}

/** The torch function would see the local shard only. */
function writeFsdp(point: UpdatePoint, script: Script): Written | { reason: string } {
  const wrapped = new Set(script.wrappers.filter(({ kind }) => kind === 'fsdp1').map(({ target }) => target));
  const model = modelOf(point, script);
  const [only] = wrapped;
  const fn = enclosingFunction(point.statement);
  const visible =
    wrapped.size === 1 &&
    typeof only === 'string' &&
    assignmentsTo(script.assignments, only, fn ?? script.root).length > 0;
  const root = model ?? (visible ? only : null);
  if (root === null) {
    const line = point.statement.startPosition.row + 1;
    return {
      reason: l10n.t(
        'which FSDP module the optimizer in line {0} changes is not visible here: call clip_grad_norm_(1.0) on the root FSDP module before it, on all ranks',
        line,
      ),
    };
  }
  return plain([`${root}.clip_grad_norm_(${MAX_NORM})`], {
    by: `${root}.clip_grad_norm_`,
    notes: [
      l10n.t('It must be called on the root FSDP module, on all ranks: {0} must be that module.', root),
    ],
  });
}

/** The all-reduce must be over before the norm is taken, and must not happen again in the step. */
function writeHorovod(point: UpdatePoint, script: Script): Written | { reason: string } {
  const { statement, optimizer } = point;
  const { row, column } = statement.startPosition;
  const line = script.text.lines[row] ?? '';
  if (horovodSteps(statement, script) === 'sometimes') {
    return {
      reason: l10n.t(
        'whether Horovod takes the step in line {0} is decided by a flag: where it does, clip between {1}.synchronize() and the step, elsewhere right before it',
        row + 1,
        optimizer.text,
      ),
    };
  }
  if (statement.endPosition.row !== row || line.slice(0, column).trim() !== '' || point.scaler) {
    return {
      reason: l10n.t(
        'Horovod: clip between {0}.synchronize() and the step in line {1}',
        optimizer.text,
        row + 1,
      ),
    };
  }
  const written = torchCall(parametersOf(point, script), script);
  const indent = line.slice(0, column) + script.text.indent;
  return {
    ...written,
    lines: [`${optimizer.text}.synchronize()`, ...written.lines],
    around: [
      insertBeforeNode(statement, `with ${optimizer.text}.skip_synchronize():${script.text.eol}${indent}`),
    ],
  };
}
