import { expect, test } from 'vitest';
import { isolated, toggled } from '../../../webview/hiding';

test('what is shown is hidden, what is hidden is shown, and of a mixture all is hidden', () => {
  expect(toggled([], ['a', 'b'])).toEqual(['a', 'b']);
  expect(toggled(['a', 'b', 'c'], ['a', 'b'])).toEqual(['c']);
  expect(toggled(['a'], ['a', 'b'])).toEqual(['a', 'b']);
});

test('one is left alone, and all come back; what is not among them stays as it is', () => {
  const all = ['a', 'b', 'c'];
  const alone = isolated(['x'], ['a'], all);
  expect(alone).toEqual(['x', 'b', 'c']);
  expect(isolated(alone, ['a'], all)).toEqual(['x']);
  expect(isolated(alone, ['b'], all)).toEqual(['x', 'a', 'c']);
});
