import { expect, test } from 'vitest';
import { spotName } from '../../../src/analysis/wording';

test('a point is named by what its curve counts', () => {
  expect(spotName({ step: 450, epoch: 1, axis: 'step' })).toBe('step 450');
  expect(spotName({ step: 450, epoch: 0.534, axis: 'epoch' })).toBe('epoch 0.534');
  expect(spotName({ step: 7, epoch: null, axis: 'index' })).toBe('point 7');
});

test('where nothing says what is counted, by its epoch if it has one', () => {
  expect(spotName({ step: 450, epoch: 3 })).toBe('epoch 3');
  expect(spotName({ step: 450, epoch: null })).toBe('step 450');
});
