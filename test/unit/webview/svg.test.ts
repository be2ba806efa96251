import { expect, test } from 'vitest';
import { legendRows, type Picture } from '../../../webview/picture';
import { svgOf } from '../../../webview/svg';

const picture: Picture = {
  title: 'loss & <b>"more"</b>',
  width: 400,
  height: 300,
  area: { left: 40, top: 60, right: 390, bottom: 260 },
  font: '"Segoe WPC", sans-serif',
  colours: { background: '#fff', foreground: '#111', muted: '#555', grid: '#eee', border: '#ccc' },
  x: {
    title: 'epoch',
    ticks: [
      { at: 40, label: '0' },
      { at: 500, label: 'outside' },
    ],
  },
  y: { title: '', ticks: [{ at: 100, label: '2' }] },
  spans: [{ from: 200, to: 390, colour: 'rgba(255, 0, 0, 0.08)' }],
  lines: [
    {
      colour: '#00f',
      width: 1.8,
      dash: [7, 3],
      dots: 0,
      pieces: [
        [
          [40, 70],
          [50, 80.123],
        ],
        [[70, 90]],
      ],
    },
    {
      colour: '#f00',
      width: 1.8,
      dash: [],
      dots: 2.5,
      pieces: [
        [
          [40, 70],
          [50, 80],
        ],
      ],
    },
  ],
  signs: [
    { sign: 'cross', colour: '#e00', fill: '#e00', at: [[60, 85]] },
    { sign: 'below', colour: '#111', fill: '#fff', at: [[65, 85]] },
    { sign: 'above', colour: '#00f', fill: '#00f', at: [[70, 60]] },
  ],
  verticals: [{ x: 200, colour: '#e00', dash: [6, 4], label: 'val-loss-rising', foot: false, row: 0 }],
  legend: [
    { label: 'train', colour: '#00f', dash: [7, 3] },
    { label: 'val\u0000\ud800', colour: '#f00', dash: [] },
  ],
};
const svg = svgOf(picture);

test('curves are paths with their gaps, colours and dashes; nothing is a bitmap', () => {
  expect(svg).toContain('d="M40 70L50 80.1M70 90" fill="none" stroke="#00f"');
  expect(svg).toContain('stroke-dasharray="7 3"');
  expect(svg.match(/<circle/g)).toHaveLength(2);
  expect(svg).not.toMatch(/<image|<script|href|data:/);
});

test('axes, legend, marks and signs are there, and ticks beyond the axis are not', () => {
  for (const word of ['epoch', '>0<', '>2<', 'train', 'val-loss-rising']) expect(svg).toContain(word);
  expect(svg).not.toContain('outside');
  expect(svg).toContain('l8 8m-8 0l8 -8');
  expect(svg).toContain('h10l-5 9z');
  expect(svg).toContain('h10l-5 -9z');
});

test('names are text, whatever is in them', () => {
  expect(svg).toContain('loss &amp; &lt;b&gt;&quot;more&quot;&lt;/b&gt;');
  expect(svg).toContain('val\u00b7\u00b7');
  expect(svg).toContain('font-family="&quot;Segoe WPC&quot;, sans-serif"');
});

test('a legend that does not fit into a row takes another', () => {
  const entries = Array.from({ length: 5 }, (_, i) => ({ label: `a long name ${i}` }));
  expect(legendRows(entries, 300).map((row) => row.length)).toEqual([2, 2, 1]);
  expect(legendRows([{ label: 'x'.repeat(200) }], 300)).toHaveLength(1);
  expect(legendRows([], 300)).toEqual([]);
  // A letter of Chinese is wider than two others.
  expect(legendRows([{ label: '训练损失'.repeat(3) }, { label: 'x' }], 220)).toHaveLength(2);
});
