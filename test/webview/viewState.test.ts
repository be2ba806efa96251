import { expect, test } from 'vitest';
import { useBrowser } from './browser';
import { chartColour, curve } from './reading';
import { mixedAxes, overfitting } from './runs';

const open = useBrowser();

test('how the run is looked at outlives the page, and nothing else is kept', async () => {
  const run = overfitting();
  const panel = await open({ messages: [run] });
  await panel.page.getByRole('slider').fill('0.6');
  await panel.page.getByRole('checkbox', { name: 'Log scale' }).click();
  await panel.page.getByRole('button', { name: /^val/ }).first().click();
  const state = await panel.state();
  expect(state).toEqual({
    version: 1,
    path: '/runs/keras/history.csv',
    smoothing: 0.6,
    logScale: true,
    logX: false,
    axis: null,
    hidden: ['val/val_loss'],
    asTable: false,
    compared: [],
    colours: {},
    hiddenRuns: [],
    aligned: false,
    allSettings: false,
  });

  const again = await open({ state, messages: [run] });
  expect(await again.page.getByRole('slider').inputValue()).toBe('0.6');
  expect(await again.page.getByRole('checkbox', { name: 'Log scale' }).isChecked()).toBe(true);
  expect(await again.page.getByRole('button', { name: /^val/ }).first().getAttribute('aria-pressed')).toBe(
    'false',
  );
  const drawing = await again.drawing();
  expect(curve(drawing, chartColour('orange'))).toHaveLength(0);
  expect(curve(drawing, 'rgba(26, 133, 255, 0.4)')).toHaveLength(40);
});

test('the chosen axis outlives the page', async () => {
  const panel = await open({ messages: [mixedAxes()], state: { axis: 'step' } });
  expect(await panel.page.evaluate("document.querySelector('vscode-dropdown').value")).toBe('step');
});

test('curves hidden in one log are shown in another', async () => {
  const state = { path: '/runs/other.csv', hidden: ['train/loss'], smoothing: 0.3 };
  const panel = await open({ state, messages: [overfitting()] });
  expect(curve(await panel.drawing(), chartColour('blue'))).toHaveLength(40);
  expect(await panel.state()).toMatchObject({ hidden: [], smoothing: 0.3 });
});

test('a state that makes no sense is none', async () => {
  const panel = await open({
    state: { smoothing: 7, hidden: 'all', axis: 'banana' },
    messages: [overfitting()],
  });
  expect(await panel.page.getByRole('slider').inputValue()).toBe('0');
});
