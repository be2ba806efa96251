import * as l10n from '@vscode/l10n';
import type { TextEdit } from '../../remedies/textEdit';
import { insertBefore } from '../edit/insert';
import type { Call } from '../model/call';
import { frameworkAt, type PointFramework } from '../model/framework';
import { lastBackward } from '../model/lastBackward';
import { isBroken, isInside, spelled } from '../model/nodes';
import type { Script } from '../model/script';
import { isReinforcement } from '../model/subject';
import type { UpdatePoint } from '../model/updatePoints';
import type { Node } from '../parser';
import { refuse, type Edit, type Proposal } from '../proposal';
import { clipBefore, clipsIn, clippedByHand } from './already';
import { backwardOfCallers } from './callers';
import { clippedInHelper, clippedInLoop } from './indirect';
import { unscaledBefore } from './unscaled';
import { logTheNorm, MAX_NORM } from './bound';
import { clipInClosure } from './closure';
import { writeClip, type Written } from './write';

/** Why an update point of such a framework is left alone, and where to clip instead. */
const elsewhere: Readonly<Partial<Record<PointFramework, () => string>>> = {
  deepspeed: () =>
    l10n.t(
      'DeepSpeed clips in its own config, since it does backward and step itself: set "gradient_clipping": 1.0 in the DeepSpeed config',
    ),
  'hf-trainer': () =>
    l10n.t('the Hugging Face Trainer clips at max_grad_norm=1.0 by default: set it in TrainingArguments'),
  keras: () => l10n.t('Keras clips in the optimizer: pass global_clipnorm=1.0 where it is built'),
  tinygrad: () => l10n.t('tinygrad has no gradient clipping to call'),
  'own-backward': () =>
    l10n.t(
      'the optimizer scales the loss and goes backward itself, as those for half precision do: clip by a method or setting of its own',
    ),
  rpc: () =>
    l10n.t(
      'PyTorch RPC keeps gradients outside .grad (distributed autograd), where they can not be clipped this way',
    ),
  'fused-backward': () =>
    l10n.t(
      'an optimizer fused into backward steps as each gradient is made: gradients are gone before a clip could see them',
    ),
};

/** One call directly before a step of a loop, where gradients are complete and nothing changes them any more. */
export function clipInLoop(point: UpdatePoint, script: Script): Proposal {
  const { statement } = point;
  const line = statement.startPosition.row + 1;
  const no = (reason: string): Proposal => refuse(statement, reason);
  if (isBroken(statement)) return no(l10n.t('the code around line {0} has a syntax error', line));
  const framework = frameworkAt(point, script);
  const { scope } = point;
  const fused = framework === 'fused-backward' ? clipsIn(scope, script)[0] : undefined;
  // The script tells the two apart itself: this step is the one of the plain optimizer.
  if (fused && fused.startIndex < statement.startIndex)
    return no(l10n.t('gradients are clipped already in line {0}', fused.startPosition.row + 1));
  const advice = elsewhere[framework];
  if (advice) return no(l10n.t('line {0}: {1}', line, advice()));
  if (point.closure) return clipInClosure(point, point.closure, framework, script);
  const callers = lastBackward(point, script) ? null : backwardOfCallers(point, script);
  if (callers && 'done' in callers)
    return no(
      l10n.t(
        'what calls the step in line {0} clips or unscales before it, in line {1}: look there first',
        line,
        callers.done.startPosition.row + 1,
      ),
    );
  const made = lastBackward(point, script) ?? callers?.made;
  if (!made) return no(l10n.t('no backward() before the step in line {0} in the same function', line));
  const backward = made.at;
  const byHand = clippedByHand(point, backward, script);
  if (byHand)
    return no(
      l10n.t('gradients are changed by hand in line {0}: look there first', byHand.startPosition.row + 1),
    );
  const clip = clipBefore(point, backward, script);
  if (clip) return no(l10n.t('gradients are clipped already in line {0}', clip.startPosition.row + 1));
  const helper = clippedInHelper(point, backward, script);
  if (helper)
    return no(l10n.t('gradients are clipped already in what line {0} calls', helper.startPosition.row + 1));
  const near = clippedInLoop(point, script);
  if (near)
    return no(
      l10n.t(
        'gradients are clipped in line {0} of the same loop, but after the step in line {1}: look there first',
        near.startPosition.row + 1,
        line,
      ),
    );
  if (isEngine(made.call, point))
    return no(
      l10n.t(
        'line {0} gives the optimizer to an engine that clips by its own settings',
        backward.startPosition.row + 1,
      ),
    );
  const unscaled = unscaledBefore(point, script);
  if (unscaled === 'sometimes' && framework !== 'accelerate')
    return no(
      l10n.t(
        'gradients are unscaled only under a condition before the step in line {0}: unscale them always, then clip',
        line,
      ),
    );
  const written = writeClip(point, framework, script);
  if ('reason' in written) return no(written.reason);
  const edit = place(point, written, script);
  if (!edit)
    return no(
      l10n.t('the step in line {0} shares its line with other code: give it a line of its own', line),
    );
  return { anchor: statement, outcome: describe(point, written, [...written.imports, ...edit], script) };
}

function place(point: UpdatePoint, written: Written, script: Script): TextEdit[] | null {
  const unscale = point.scaler && !written.unscales && unscaledBefore(point, script) === 'never';
  const lines = unscale
    ? [`${point.scaler!.text}.unscale_(${point.optimizer.text})`, ...written.lines]
    : written.lines;
  const anchor = anchorOf(point, script);
  // In the same line as other code: the call goes right before the step, whatever that line begins with.
  const edit = insertBefore(anchor, lines, script.text);
  return edit ? [edit, ...written.around] : null;
}

function describe(point: UpdatePoint, written: Written, edits: TextEdit[], script: Script): Edit {
  const unscaled = point.scaler !== null && !written.unscales;
  const notes = [logTheNorm(), ...written.notes];
  if (unscaled) notes.push(l10n.t('unscale_ may be called once per optimizer and update only.'));
  const step = point.statement.text.split(/\r?\n/).join(' ');
  const clips =
    written.by === null
      ? l10n.t('Clip gradients to norm {0} before `{1}`', MAX_NORM, step)
      : l10n.t('Clip gradients to norm {0} with `{1}` before `{2}`', MAX_NORM, written.by, step);
  return {
    edits,
    value: MAX_NORM,
    title: unscaled ? l10n.t('{0}, after unscaling', clips) : clips,
    many: (count) => l10n.t('Clip gradients to norm {0} before {1} optimizer steps', MAX_NORM, count),
    notes: isReinforcement(script)
      ? [...notes, l10n.t('In reinforcement learning 0.5 is the usual bound.')]
      : notes,
  };
}

/** `if use_optimizer: opt.step()` with a hand-made update in another branch: both need clipped gradients. */
function anchorOf({ statement }: UpdatePoint, script: Script): Node {
  const clause = statement.parent?.parent;
  const branch = clause?.type === 'elif_clause' ? clause.parent : clause;
  if (branch?.type !== 'if_statement' || statement.startPosition.row === clause!.startPosition.row)
    return statement;
  const others = branch.childrenForFieldName('alternative');
  const byHand = others.some(
    (node) =>
      !script.updatePoints.some((point) => isInside(point.statement, node)) &&
      /\.(data|add_|sub_|grad)\b/.test(node.text),
  );
  return byHand ? branch : statement;
}

/** `booster.backward(loss, optimizer)`: what takes the optimizer along keeps the gradients to itself. */
function isEngine(backward: Call, { optimizer }: UpdatePoint): boolean {
  return backward.args().some(({ value }) => spelled(value) === spelled(optimizer));
}
