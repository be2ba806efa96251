import { layout, legendRows, type Picture } from './picture';

/** A picture as an SVG file: shapes and texts, no bitmap, nothing that is loaded or run. */
export function svgOf(picture: Picture): string {
  const { width, height, area, font, colours, title } = picture;
  const { left, right, top, bottom } = area;
  const clip = tag('clipPath', { id: 'area' }, tag('rect', box(left, top, right, bottom)));
  return tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: round(width),
      height: round(height),
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      'font-family': font,
      'font-size': 11,
      role: 'img',
    },
    tag('title', {}, text(title)),
    tag('defs', {}, clip),
    tag('rect', { ...box(0, 0, width, height), fill: colours.background }),
    words(10, 19, title, { fill: colours.foreground, 'font-size': 13, 'font-weight': 600 }),
    ...legend(picture),
    ...axes(picture),
    tag('g', { 'clip-path': 'url(#area)' }, ...spans(picture), ...lines(picture), ...verticals(picture)),
    ...signs(picture),
    ...labels(picture),
  );
}

function legend({ legend: entries, width, colours }: Picture): string[] {
  return legendRows(entries, width).flatMap((row, i) =>
    row.flatMap(({ entry, x }) => {
      const y = layout.title + i * layout.row + 5;
      const stroke = { stroke: entry.colour, 'stroke-width': 2.5, ...dashed(entry.dash) };
      return [
        tag('path', { d: `M${round(x)} ${y}h22`, fill: 'none', ...stroke }),
        words(x + 28, y + 4, entry.label, { fill: colours.foreground }),
      ];
    }),
  );
}

function axes({ x, y, area, colours }: Picture): string[] {
  const { left, right, top, bottom } = area;
  const grid = { stroke: colours.grid, 'stroke-width': 1 };
  const fill = { fill: colours.muted };
  const across = y.ticks.filter(({ at }) => at >= top - 1 && at <= bottom + 1);
  const along = x.ticks.filter(({ at }) => at >= left - 1 && at <= right + 1);
  return [
    ...across.flatMap(({ at, label }) => [
      tag('path', { d: `M${round(left)} ${round(at)}H${round(right)}`, ...grid }),
      words(left - 6, at + 4, label, { ...fill, 'text-anchor': 'end' }),
    ]),
    ...along.flatMap(({ at, label }) => [
      tag('path', { d: `M${round(at)} ${round(top)}V${round(bottom)}`, ...grid }),
      words(at, bottom + 15, label, { ...fill, 'text-anchor': 'middle' }),
    ]),
    words((left + right) / 2, bottom + 29, x.title, { ...fill, 'text-anchor': 'middle' }),
    tag('path', {
      d: `M${round(left)} ${round(top)}V${round(bottom)}H${round(right)}`,
      fill: 'none',
      stroke: colours.border,
    }),
  ];
}

function spans({ spans: all, area }: Picture): string[] {
  return all.map(({ from, to, colour }) =>
    tag('rect', { ...box(Math.max(from, area.left), area.top, to, area.bottom), fill: colour }),
  );
}

function lines({ lines: all }: Picture): string[] {
  return all.map(({ colour, width, dash, dots, pieces }) => {
    const d = pieces
      .map((piece) => piece.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join(''))
      .join('');
    const line = { fill: 'none', stroke: colour, 'stroke-width': width, 'stroke-linejoin': 'round' };
    const circles = dots > 0 ? pieces.flat().map(([cx, cy]) => circle(cx, cy, dots, colour)) : [];
    return tag('g', {}, tag('path', { d, ...line, ...dashed(dash) }), ...circles);
  });
}

function verticals({ verticals: all, area }: Picture): string[] {
  return all.map(({ x, colour, dash }) =>
    tag('path', {
      d: `M${round(x)} ${round(area.top)}V${round(area.bottom)}`,
      stroke: colour,
      'stroke-width': 1.5,
      ...dashed(dash),
    }),
  );
}

function signs({ signs: all }: Picture): string[] {
  return all.flatMap(({ sign, colour, fill, at }) =>
    at.map(([x, y]) =>
      sign === 'cross'
        ? tag('path', {
            d: `M${round(x - 4)} ${round(y - 4)}l8 8m-8 0l8 -8`,
            fill: 'none',
            stroke: colour,
            'stroke-width': 2,
          })
        : tag('path', {
            d: `M${round(x - 5)} ${round(y + (sign === 'below' ? -4 : 4))}h10l-5 ${sign === 'below' ? 9 : -9}z`,
            fill,
            stroke: colour,
          }),
    ),
  );
}

/** Names of onsets stand at the head of their lines, of best points at the foot; a row each. */
function labels({ verticals: all, area, colours }: Picture): string[] {
  return all
    .filter(({ x }) => x >= area.left && x <= area.right)
    .map(({ x, label, foot, row }) => {
      const y = foot ? area.bottom - 8 - row * layout.row : area.top + 14 + row * layout.row;
      const end = x > (area.left + area.right) / 2;
      return words(x + (end ? -5 : 5), y, label, {
        fill: colours.foreground,
        'text-anchor': end ? 'end' : 'start',
      });
    });
}

function circle(cx: number, cy: number, r: number, fill: string): string {
  return tag('circle', { cx: round(cx), cy: round(cy), r, fill });
}

type Attributes = Readonly<Record<string, string | number>>;

/** Children are markup; whatever a log says goes through `text` or an attribute. */
function tag(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${text(String(value))}"`);
  return `<${name}${list.join('')}${children.length > 0 ? `>${children.join('')}</${name}>` : '/>'}`;
}

function words(x: number, y: number, content: string, attributes: Attributes): string {
  return tag('text', { x: round(x), y: round(y), ...attributes }, text(content));
}

/** Text that XML can hold: no control characters, no half of a pair, no markup. */
function text(content: string): string {
  return content
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\u00b7')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function box(left: number, top: number, right: number, bottom: number): Attributes {
  const [width, height] = [Math.max(0, right - left), Math.max(0, bottom - top)];
  return { x: round(left), y: round(top), width: round(width), height: round(height) };
}

function dashed(dash: readonly number[]): Attributes {
  return dash.length > 0 ? { 'stroke-dasharray': dash.join(' ') } : {};
}

function round(value: number): number {
  return Number(value.toFixed(1));
}
