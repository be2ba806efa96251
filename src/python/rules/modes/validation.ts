/**
 * FC602 Validation without eval().
 *
 * With dropout and batch norm in training mode a validation measures another network, and batch norms learn from the
 * validation data. Only where the file shows such layers and no eval() at all: who calls a function may have set the mode.
 */
import * as l10n from '@vscode/l10n';
import { batchNorms } from '../networks';
import { isKerasFile } from '../../model/framework';
import { bodyOf, parameterNames } from '../../model/nodes';
import { callsIn, type Script } from '../../model/script';
import type { Node } from '../../parser';
import { hasBackward, pointsIn } from '../around';
import type { CodeRule } from '../rule';

const validating =
  /^(val|valid|validate|validation|test|evaluate|eval|eval_(epoch|model|step|loop)|(run|do)_(validation|evaluation))(_(epoch|model|loop|one_epoch))?$/;

export const noEval: CodeRule = {
  code: 'FC602',
  title: 'Validation without eval()',
  words: /def (val|test|eval|run_|do_)/,
  check(script) {
    const { source } = script.text;
    if (isKerasFile(script) || script.updatePoints.length === 0) return [];
    if (
      /\.eval\s*\(|\.train\s*\(\s*(mode\s*=\s*)?(False|\w*train\w*|mode)\b|\btraining\s*=\s*False/.test(
        source,
      )
    )
      return [];
    const sensitive =
      batchNorms(script).length > 0 || /\bDropout\w*\(|models\.resnet|dropout\s*=/.test(source);
    if (!sensitive) return [];
    return script.functions.flatMap((fn) => {
      const name = fn.childForFieldName('name');
      if (!name || !validating.test(name.text) || !runsOnData(fn, script)) return [];
      return [
        {
          at: name,
          severity: 'warning' as const,
          message: l10n.t(
            '`{0}` runs the model in training mode: nothing in this file calls eval(), so dropout is on and batch norms learn from this data. Call model.eval() before it and model.train() after.',
            name.text,
          ),
        },
      ];
    });
  },
};

/** A loop over a loader that calls a model and learns nothing. */
function runsOnData(fn: Node, script: Script): boolean {
  if (hasBackward(fn, script) || pointsIn(fn, script).length > 0 || bodyOf(fn).length === 0) return false;
  const loops = fn.descendantsOfType('for_statement');
  const data = loops.some((loop) =>
    /loader|dataset|_dl\b|_iter\b|batches/i.test(loop.childForFieldName('right')?.text ?? ''),
  );
  const model = /^(self\.)?(model|net|network|encoder|classifier)$/;
  const called = callsIn(script, fn).some(
    ({ callee }) => model.test(callee.text) || parameterNames(fn).includes(callee.text),
  );
  return data && called;
}
