import { expect, test } from 'vitest';
import { assignColours, runColours } from '../../../webview/runColours';

type Triple = [number, number, number];

/** Sight without red, green and blue cones: Machado, Oliveira and Fernandes 2009, severity 1. */
const sights: Readonly<Record<string, readonly Triple[]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** Linear red, green and blue. */
function light(hex: string): Triple {
  return [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Triple;
}

function contrast(a: string, b: string): number {
  const [dark, bright] = [a, b]
    .map((hex) => dot([0.2126, 0.7152, 0.0722], light(hex)) + 0.05)
    .sort((x, y) => x - y);
  return bright! / dark!;
}

function lab(rgb: Triple): Triple {
  const root = (t: number): number => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = root(dot([0.4124, 0.3576, 0.1805], rgb) / 0.95047);
  const y = root(dot([0.2126, 0.7152, 0.0722], rgb));
  const z = root(dot([0.0193, 0.1192, 0.9505], rgb) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const distance = (a: Triple, b: Triple): number => Math.hypot(...a.map((value, i) => value - b[i]!));

test.each([
  ['onLight', '#ffffff'],
  ['onDark', '#1f1f1f'],
] as const)('the colours %s can be told apart and seen, whatever cones one has', (name, background) => {
  const colours = runColours[name];
  expect(Math.min(...colours.map((colour) => contrast(colour, background)))).toBeGreaterThanOrEqual(3);
  for (const sight of Object.values(sights)) {
    const seen = colours.map((colour) => {
      const rgb = light(colour);
      return lab(sight.map((row) => Math.min(1, Math.max(0, dot(row, rgb)))) as Triple);
    });
    const apart = seen.flatMap((one, i) => seen.slice(i + 1).map((other) => distance(one, other)));
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(20);
  }
});

test('a run keeps its colour while others come and go', () => {
  const first = assignColours({}, ['/a', '/b', '/c']);
  expect(first).toEqual({ '/a': 0, '/b': 1, '/c': 2 });
  const second = assignColours(first, ['/a', '/c', '/d']);
  expect(second).toEqual({ '/a': 0, '/c': 2, '/d': 1 });
  expect(assignColours(second, ['/d'])).toEqual({ '/d': 1 });
});
