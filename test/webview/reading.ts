/** Reads a drawing as a person does: which line is which, and where it is. */
import type { Drawing, Stroke } from './drawing';
import { themes, type ThemeName } from './server';

export function chartColour(name: string, theme: ThemeName = 'light'): string {
  return (themes[theme].variables as Record<string, string>)[`--vscode-charts-${name}`]!;
}

/** The pieces of the curve of a colour, left to right; a gap makes two of one. */
export function pieces({ strokes }: Drawing, colour: string): Stroke['points'][] {
  const found = strokes.filter(
    (stroke) => stroke.colour === colour && stroke.points.length > 2 && !isMark(stroke) && !isSmall(stroke),
  );
  return found.flatMap(({ points, starts }) =>
    starts.map((start, i) => points.slice(start, starts[i + 1])).filter(({ length }) => length > 1),
  );
}

/** All points of the curve of a colour, left to right. */
export function curve(drawing: Drawing, colour: string): Stroke['points'] {
  return pieces(drawing, colour).flat();
}

/** x of the vertical lines of a colour: the marks of findings. */
export function marks({ strokes }: Drawing, colour: string): number[] {
  return strokes
    .filter((stroke) => stroke.colour === colour && isMark(stroke))
    .map(({ points }) => points[0]![0]);
}

/** Middles of the crosses of a colour, left to right. */
export function crosses({ strokes }: Drawing, colour: string): number[] {
  const found = strokes.filter(
    (stroke) => stroke.colour === colour && stroke.starts.length === 2 && isSmall(stroke),
  );
  return found.map(({ points }) => points.reduce((sum, [x]) => sum + x, 0) / points.length);
}

/** The shape at a point of a curve. */
function isSmall({ points }: Stroke): boolean {
  return [0, 1].every((i) => {
    const along = points.map((point) => point[i]!);
    return Math.max(...along) - Math.min(...along) < 14;
  });
}

/** A dashed line from top to bottom. */
function isMark({ points, dash }: Stroke): boolean {
  const xs = points.map(([x]) => x);
  return dash.length > 0 && points.length >= 2 && Math.max(...xs) - Math.min(...xs) < 0.01;
}

/** Texts on a canvas, from the top down. */
export function texts(drawing: Drawing): string[] {
  return drawing.texts.map(({ text }) => text);
}

/** Labels of the x axis, left to right. */
export function xLabels(drawing: Drawing): string[] {
  return row(drawing, 1);
}

/** Labels of the y axis, from below upwards: all that begin left of the area of the curves. */
export function yLabels(drawing: Drawing): string[] {
  const lowest = Math.max(...drawing.texts.map(({ y }) => y));
  const labels = drawing.texts.filter(({ y }) => y < lowest - 25);
  const left = Math.min(...labels.map(({ x }) => x));
  return labels
    .filter(({ x }) => x < left + 2)
    .sort((a, b) => b.y - a.y)
    .map(({ text }) => text);
}

/** The texts of the row that is `index` above the lowest. */
function row({ texts: all }: Drawing, index: number): string[] {
  const heights = [...new Set(all.map(({ y }) => Math.round(y)))].sort((a, b) => b - a);
  return all
    .filter(({ y }) => Math.round(y) === heights[index])
    .sort((a, b) => a.x - b.x)
    .map(({ text }) => text);
}
