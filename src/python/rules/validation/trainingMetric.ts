/**
 * FC502 Early stopping watches the training metric.
 *
 * The training loss goes on falling while the model overfits: it is the validation metric that turns. Source: the seed
 * document; of 49 plain matches nearly all were a library's own tests, and where a script has no validation data there
 * is nothing better to watch.
 */
import * as l10n from '@vscode/l10n';
import { insertAt, replaceNode } from '../../edit/insert';
import { stringOf } from '../../model/nodes';
import type { Script } from '../../model/script';
import type { CodeRule, Fix } from '../rule';
import { earlyStoppings, fits, isHandedTo, validates, type Watching } from './callbacks';
import { fedByTraining } from './fedByTraining';
import { loggedNames } from './logged';

export const trainingMetric: CodeRule = {
  code: 'FC502',
  title: 'Early stopping watches the training metric',
  words: /early_?stop|stopper/i,
  check: (script) => [
    ...fedByTraining(script).map((call) => ({
      at: call.node,
      severity: 'warning' as const,
      message: l10n.t(
        '`{0}` is handed {1}, a loss of training, which goes on falling while the model overfits. Hand it the validation loss.',
        call.callee.text,
        call.args()[0]!.value.text,
      ),
    })),
    ...earlyStoppings(script).flatMap((one) => {
      const name = stringOf(one.monitor?.value);
      if (name === null || !watchesTraining(name, one, script)) return [];
      return [
        {
          at: one.monitor!.value,
          severity: 'warning' as const,
          message: l10n.t(
            'Early stopping watches "{0}", which goes on falling while the model overfits. Watch the validation metric.',
            name,
          ),
          fix: better(name, one, script),
        },
      ];
    }),
  ],
};

function watchesTraining(name: string, { library, call }: Watching, script: Script): boolean {
  if (library === 'lightning')
    return (
      /^train(ing)?([_/.\-]|$)/i.test(name) &&
      /validation_step|val_dataloader|val_loader/.test(script.text.source)
    );
  if (/^val_/.test(name) || !/^(loss|acc(uracy)?|\w*(_loss|_accuracy|_error)|mse|mae)$/.test(name))
    return false;
  return fits(script).some((fit) => validates(fit) === true && isHandedTo(fit, call, script));
}

function better(name: string, { library, monitor }: Watching, script: Script): Fix | undefined {
  const { value } = monitor!;
  if (library === 'keras') {
    const { row, column } = value.startPosition;
    const quoted = /^["']/.test(value.text);
    const edits = [insertAt(row, column + 1, 'val_')];
    return quoted ? { title: l10n.t('Watch "val_{0}"', name), edits, safe: false } : undefined;
  }
  const rest = name.replace(/^train(ing)?/i, '');
  const logged = loggedNames(script)?.find(
    (one) => /^val(id(ation)?)?/i.test(one) && one.replace(/^val(id(ation)?)?/i, '') === rest,
  );
  if (logged === undefined) return undefined;
  const quote = value.text.slice(-1);
  return {
    title: l10n.t('Watch "{0}"', logged),
    edits: [replaceNode(value, quote + logged + quote)],
    safe: false,
  };
}
