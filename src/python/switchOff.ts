import * as l10n from '@vscode/l10n';

/**
 * What to do so that a layer acts otherwise in validation than in training, and what happens there, or if it is forgotten;
 * in the words of the framework: Keras does so by itself, except in a loop of one's own.
 */
export function switchOff(what: 'dropout' | 'norm', inKeras: boolean): string {
  if (what === 'dropout')
    return inKeras
      ? l10n.t(
          'fit, evaluate and predict do it by themselves; in a loop of your own call model(x, training=True), and model(x, training=False) to validate, or validation runs with dropout on.',
        )
      : l10n.t('Call model.eval() before you validate, or validation runs with dropout on.');
  return inKeras
    ? l10n.t(
        'fit, evaluate and predict do it by themselves; in a loop of your own call model(x, training=True), and model(x, training=False) to validate: it uses running averages there.',
      )
    : l10n.t('Call model.eval() before you validate: it uses running averages there.');
}
