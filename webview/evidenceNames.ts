import * as l10n from '@vscode/l10n';
import { translated } from '../src/translated';
import { brief } from './words';

/** What the numbers behind findings are called; the detectors name them in camel case. */
export const evidenceNames = [
  ...['accuracy', 'after', 'apart', 'before', 'best', 'best accuracy', 'best val', 'chance level'],
  ...[
    'evaluations since',
    'first',
    'first value',
    'flat share',
    'gain',
    'gain last fifth',
    'gain next fifth',
  ],
  ...['gap', 'high', 'initial', 'kept', 'last', 'last quality', 'last train', 'last val'],
  ...['learning rate share', 'level', 'loss kept', 'loss ratio', 'low', 'margin', 'non finite', 'peak'],
  ...['points', 'ratio', 'rise', 'share', 'share since', 'spikes', 'stuck', 'stuck at', 'swing', 'trailing'],
  ...['train', 'train accuracy', 'train after', 'train at best', 'train before', 'train noise', 'val'],
  ...['val accuracy', 'val noise', 'zeros'],
] as const;

/** `bestVal` as "best val", in the user's language. */
export function evidenceName(key: string): string {
  return translated(key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
}

/** Shares of something, which the sentences and the definitions beside them give in per cent. */
const share = /^(?:rise|gap|gain|share)(?:[A-Z]\w*)?$|Share$/;

/** A number behind a finding, in the unit of the texts beside it. */
export function evidenceText(key: string, value: number): string {
  return share.test(key) ? l10n.t('{0} %', brief(100 * value)) : brief(value);
}
