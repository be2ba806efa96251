import { translated } from '../src/translated';

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
