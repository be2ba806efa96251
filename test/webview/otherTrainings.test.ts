import { expect, test } from 'vitest';
import { useBrowser } from './browser';
import { chartColour, curve } from './reading';
import { append, twoTrainings } from './runs';

const open = useBrowser();
const blue = chartColour('blue');

test('of several trainings in a log those that are not judged are faint', async () => {
  const run = twoTrainings();
  const panel = await open({ messages: [run] });
  const faint = 'rgba(26, 133, 255, 0.35)';
  const lengths = async (): Promise<number[]> => {
    const drawing = await panel.drawing();
    return [curve(drawing, blue).length, curve(drawing, faint).length];
  };
  expect(await lengths()).toEqual([30, 40]);
  expect(await panel.page.locator('.verdict').innerText()).toContain('The others are drawn faint.');
  await panel.send(append(run, { 0: [0.2, 0.1] }));
  expect(await lengths()).toEqual([32, 40]);
  await panel.smooth(0.5);
  const raw = async (share: string): Promise<number> =>
    curve(await panel.drawing(), `rgba(26, 133, 255, ${share})`).length;
  expect([await raw('0.4'), await raw('0.14')]).toEqual([32, 40]);
  await panel.smooth(0);
  const { assessment } = run.run;
  const judged = { file: null, from: 2, to: 41 };
  const diagnosis = { ...assessment!.diagnosis, judged };
  await panel.send({
    type: 'assessed',
    summary: run.run.summary,
    assessment: { ...assessment!, diagnosis },
    fixes: [],
  });
  expect(await lengths()).toEqual([40, 32]);
});
