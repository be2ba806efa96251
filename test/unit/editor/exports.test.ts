import { expect, test } from 'vitest';
import { safeFileName } from '../../../src/editor/fileNames';
import { readMessage } from '../../../src/editor/fromPage';
import { MAX_PICTURE, pictureBytes } from '../../../src/editor/pictureBytes';

test.each([
  [['history.csv', 'loss'], 'history.csv-loss.png'],
  [['log', '../../etc/passwd'], 'log-etc-passwd.png'],
  [['', '<img src=x onerror=1>'], 'img-src-x-onerror-1.png'],
  [['con', ''], '_con.png'],
  [['', '...'], 'chart.png'],
  [['Verlust', 'größe'], 'Verlust-größe.png'],
  [['x'.repeat(300)], `${'x'.repeat(80)}.png`],
])('%j makes the file name %s', (parts, name) => {
  expect(safeFileName(parts, 'png')).toBe(name);
});

const png = `data:image/png;base64,${Buffer.from('89504e470d0a1a0a00', 'hex').toString('base64')}`;

test('a picture is what it says it is', () => {
  expect(pictureBytes('png', png)).toHaveLength(9);
  expect(pictureBytes('png', png.replace('png', 'gif'))).toBeNull();
  expect(pictureBytes('png', `data:image/png;base64,${btoa('<html>')}`)).toBeNull();
  expect(pictureBytes('svg', '<svg xmlns="x"/>')).toHaveLength(16);
  expect(pictureBytes('svg', '<html>')).toBeNull();
  expect(pictureBytes('svg', `<svg ${'x'.repeat(MAX_PICTURE)}`)).toBeNull();
});

test('messages of the page are checked', () => {
  const picture = { type: 'picture', kind: 'png', metric: 'loss', data: png };
  expect(readMessage(picture)).toEqual(picture);
  expect(readMessage({ ...picture, kind: 'exe' })).toBeNull();
  expect(readMessage({ ...picture, data: 'x' })).toBeNull();
  expect(readMessage({ ...picture, metric: 1 })).toBeNull();
  expect(readMessage({ type: 'csv', metric: 'loss', more: 1 })).toEqual({ type: 'csv', metric: 'loss' });
  expect(readMessage({ type: 'csv', metric: 'x'.repeat(3_000) })).toBeNull();
  expect(readMessage({ type: 'copied', worked: 'yes' })).toBeNull();
  expect(readMessage({ type: 'uncompare', path: 7 })).toBeNull();
  expect(readMessage({ type: 'compare' })).toEqual({ type: 'compare' });
});

test('a place in a log is a line of a run, and of one of its files', () => {
  const place = { type: 'reveal', line: 3, id: 'a', file: null };
  expect(readMessage(place)).toEqual(place);
  expect(readMessage({ ...place, file: 2 })).toEqual({ ...place, file: 2 });
  expect(readMessage({ ...place, file: '/etc/passwd' })).toBeNull();
  expect(readMessage({ ...place, line: 0 })).toBeNull();
  expect(readMessage({ ...place, line: 1.5 })).toBeNull();
});
