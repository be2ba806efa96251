import * as l10n from '@vscode/l10n';
import { callsWhere } from '../model/alike';
import { addArgument, setArgument } from '../edit/arguments';
import { insertBefore, replaceNode } from '../edit/insert';
import { argument, hasSplat } from '../model/call';
import { importsModule, isKerasFile } from '../model/framework';
import { enclosing, spelled, statementAround } from '../model/nodes';
import type { Script } from '../model/script';
import { isOldKeras, kerasClass, kerasOptimizers, type KerasOptimizer } from '../keras';
import { refuse, type Proposal } from '../proposal';
import { MAX_NORM } from './bound';
import { clipsIn, isOff } from './already';

/** Keras clips in the optimizer, on every backend and in loops of one's own. Only one of these may be given. */
const bounds = ['global_clipnorm', 'clipnorm', 'clipvalue'] as const;

export function clipInKeras(script: Script): Proposal[] {
  if (!importsModule(script, 'keras', 'tensorflow', 'tf_keras')) return [];
  const [clip] = clipsIn(script.root, script);
  const built = kerasOptimizers(script);
  if (clip && isKerasFile(script)) {
    const line = clip.startPosition.row + 1;
    return built.map(({ node }) => refuse(node, l10n.t('gradients are clipped already in line {0}', line)));
  }
  if (built.length > 0) return built.map((one) => clipOptimizer(one, script));
  return isKerasFile(script) ? clipTape(script) : [];
}

function clipOptimizer(optimizer: KerasOptimizer, script: Script): Proposal {
  const { node, call, className } = optimizer;
  const title = l10n.t(
    'Clip gradients to norm {0} with `global_clipnorm` of the {1} optimizer',
    MAX_NORM,
    className,
  );
  const many = (count: number): string =>
    l10n.t('Clip gradients to norm {0} with `global_clipnorm` of {1} optimizers', MAX_NORM, count);
  if (!call) {
    const { name, edits } = kerasClass('optimizers', className, script);
    const written = replaceNode(node, `${name}(global_clipnorm=${MAX_NORM})`);
    return { anchor: node, outcome: { edits: [...edits, written], value: MAX_NORM, title, many } };
  }
  const given = bounds.flatMap((name) => argument(call, name) ?? []);
  const on = given.find(({ value }) => !isOff(value));
  if (on) {
    const line = on.node.startPosition.row + 1;
    return refuse(node, l10n.t('gradients are clipped already: {0} in line {1}', on.node.text, line));
  }
  if (isOldKeras(script))
    return refuse(
      node,
      l10n.t('an optimizer here takes lr or decay, as before Keras 2.11: pass clipnorm=1.0 to it by hand'),
    );
  if (hasSplat(call))
    return refuse(
      node,
      l10n.t('the optimizer in line {0} gets more arguments from elsewhere', node.startPosition.row + 1),
    );
  const own = given.find(({ name }) => name === 'global_clipnorm');
  const edits = own
    ? [setArgument(own, MAX_NORM)]
    : addArgument(call, `global_clipnorm=${MAX_NORM}`, script.text);
  return { anchor: node, outcome: { edits, value: MAX_NORM, title, many } };
}

/** The optimizer is made elsewhere, but `grads = tape.gradient(…)` is here: clipped before it is applied. */
function clipTape(script: Script): Proposal[] {
  const tf = script.imports.nameFor('tensorflow');
  return callsWhere(script, ({ name }) => name === 'apply_gradients').map((apply): Proposal => {
    const line = apply.node.startPosition.row + 1;
    const elsewhere = l10n.t('pass global_clipnorm=1.0 where the optimizer is built');
    const zipped = apply.args()[0]?.value;
    const match = /^zip\((\w+),/.exec(zipped ? spelled(zipped) : '');
    const gradients = match?.[1];
    const made = script.assignments.some(
      ({ target, value }) => target === gradients && /\.gradient\(/.test(spelled(value)),
    );
    if (tf === null || gradients === undefined || !made)
      return refuse(
        apply.node,
        l10n.t('the gradients applied in line {0} are not visible here: {1}', line, elsewhere),
      );
    const statement = statementAround(apply.node);
    const simple = enclosing(apply.node, 'block', 'module')?.id === statement.parent?.id;
    const edit = insertBefore(
      statement,
      [`${gradients}, _ = ${tf}.clip_by_global_norm(${gradients}, ${MAX_NORM})`],
      script.text,
    );
    if (!edit || !simple)
      return refuse(apply.node, l10n.t('line {0} does more than apply gradients: {1}', line, elsewhere));
    return {
      anchor: apply.node,
      outcome: {
        edits: [edit],
        value: MAX_NORM,
        title: l10n.t('Clip `{0}` to global norm {1} before they are applied', gradients, MAX_NORM),
        many: (count) => l10n.t('Clip gradients to norm {0} before {1} updates', MAX_NORM, count),
      },
    };
  });
}
