import { expect, test } from 'vitest';
import { percent, spotName } from '../../../src/analysis/wording';
import { sureness } from '../../../src/sureness';

test('a point is named by what its curve counts', () => {
  expect(spotName({ step: 450, epoch: 1, axis: 'step' })).toBe('step 450');
  expect(spotName({ step: 450, epoch: 0.534, axis: 'epoch' })).toBe('epoch 0.534');
  expect(spotName({ step: 7, epoch: null, axis: 'index' })).toBe('point 7');
});

test('where nothing says what is counted, by its epoch if it has one', () => {
  expect(spotName({ step: 450, epoch: 3 })).toBe('epoch 3');
  expect(spotName({ step: 450, epoch: null })).toBe('step 450');
});

test('whole steps and epochs are grouped, as on the axes', () => {
  expect(spotName({ step: 27_000, epoch: null, axis: 'step' })).toBe('step 27,000');
  expect(spotName({ step: 0, epoch: 1_250, axis: 'epoch' })).toBe('epoch 1,250');
});

test('what is nearly all is not told as all', () => {
  expect([0.9976, 0.9999, 1, 0.985].map(percent)).toEqual(['99.8 %', '100 %', '100 %', '99 %']);
  expect([0.9999, 0.93].map(sureness)).toEqual(['99 %', '93 %']);
});
