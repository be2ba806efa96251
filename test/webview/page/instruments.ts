/**
 * Runs in the page before its own script, in the place of VS Code: theme, message channel, and a record of what is
 * drawn. The canvas is read through its calls, since Chart.js keeps its charts to itself.
 */
import type { AddedPoints, RunSnapshot, ToWebview } from '../../../src/protocol';
import type { Drawing, Stroke, ThemeFixture } from '../drawing';

type Path = Pick<Stroke, 'points' | 'starts'>;

const posted: unknown[] = [];
const violations: string[] = [];
const drawings = new WeakMap<HTMLCanvasElement, Drawing>();
const paths = new WeakMap<object, Path>();
let saved: unknown;

document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
  violations.push(`${effectiveDirective} ${blockedURI}`),
);

function drawingOf(canvas: HTMLCanvasElement): Drawing {
  const drawing = drawings.get(canvas) ?? { strokes: [], texts: [], fills: [], times: 0 };
  drawings.set(canvas, drawing);
  return drawing;
}

/** Calls `first` before the method itself. */
function before<T extends object>(
  target: T,
  name: keyof T,
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the methods of the canvas take anything
  first: (self: any, args: any) => void,
): void {
  const original = target[name] as (...args: unknown[]) => unknown;
  Object.defineProperty(target, name, {
    configurable: true,
    value(this: object, ...args: unknown[]) {
      first(this, args);
      return original.apply(this, args);
    },
  });
}

function pathOf(holder: object): Path {
  const path = paths.get(holder) ?? { points: [], starts: [] };
  paths.set(holder, path);
  return path;
}

/** A line to where the pen is already is none. */
function note({ points, starts }: Path, name: 'moveTo' | 'lineTo', [x, y]: [number, number]): void {
  const last = points.at(-1);
  if (name === 'moveTo') starts.push(points.length);
  else if (last && last[0] === x && last[1] === y) return;
  points.push([x, y]);
}

type Context = CanvasRenderingContext2D;
const place = (context: Context, x: number, y: number): [number, number] => {
  const at = context.getTransform().transformPoint(new DOMPoint(x, y));
  return [at.x / devicePixelRatio, at.y / devicePixelRatio];
};
const context = CanvasRenderingContext2D.prototype;
for (const name of ['moveTo', 'lineTo'] as const) {
  before(context, name, (self: Context, [x, y]: number[]) => note(pathOf(self), name, place(self, x!, y!)));
  before(Path2D.prototype, name, (self: Path2D, [x, y]: number[]) => note(pathOf(self), name, [x!, y!]));
}
for (const name of ['rect', 'fillRect'] as const) {
  before(context, name, (self: Context, [x, y, w, h]: number[]) => {
    const points = [place(self, x!, y!), place(self, x! + w!, y! + h!)];
    if (name === 'rect') pathOf(self).points.push(...points);
    else drawingOf(self.canvas).fills.push({ colour: self.fillStyle as string, points });
  });
}
before(context, 'beginPath', (self: Context) => paths.set(self, { points: [], starts: [] }));
before(context, 'stroke', (self: Context, [path]: [Path2D?]) => {
  const { strokeStyle, lineWidth: width, canvas } = self;
  const { points, starts } = structuredClone(pathOf(path ?? self));
  drawingOf(canvas).strokes.push({
    colour: strokeStyle as string,
    dash: self.getLineDash(),
    width,
    points,
    starts,
  });
});
before(context, 'fill', (self: Context) => {
  drawingOf(self.canvas).fills.push({ colour: self.fillStyle as string, points: [...pathOf(self).points] });
});
before(context, 'fillText', (self: Context, [text, x, y]: [string, number, number]) => {
  const [left, top] = place(self, x, y);
  drawingOf(self.canvas).texts.push({ text, x: left, y: top });
});
before(context, 'clearRect', (self: Context) => {
  const { times } = drawingOf(self.canvas);
  drawings.set(self.canvas, { strokes: [], texts: [], fills: [], times: times + 1 });
});

/** Numbers may come as plain arrays: the typed arrays are made here. */
function typed(points: object): object {
  return Object.fromEntries(
    Object.entries(points).map(([name, values]) => [
      name,
      name === 'files' ? values : Float64Array.from(values as number[]),
    ]),
  );
}

const instruments = {
  posted,
  violations,
  state: (): unknown => saved,
  setTheme({ classes, kind, variables }: ThemeFixture): void {
    for (const name of [...document.documentElement.style])
      document.documentElement.style.removeProperty(name);
    for (const [name, value] of Object.entries(variables))
      document.documentElement.style.setProperty(name, value);
    document.body.className = classes;
    document.body.dataset['vscodeThemeKind'] = kind;
  },
  /** Sends a message as the host would. */
  send(message: ToWebview): void {
    const copy = structuredClone(message) as { run?: RunSnapshot; series?: AddedPoints[] };
    for (const one of copy.run?.series ?? copy.series ?? [])
      Object.assign(one, { points: typed(one.points) });
    window.dispatchEvent(new MessageEvent('message', { data: copy }));
  },
  drawing: (index: number): Drawing => drawingOf(document.querySelectorAll('canvas')[index]!),
  frames: (count: number): Promise<void> =>
    new Promise((done) => {
      const next = (left: number): void =>
        left === 0 ? done() : void requestAnimationFrame(() => next(left - 1));
      next(count);
    }),
};
export type Instruments = typeof instruments;

Object.assign(window, {
  instruments,
  acquireVsCodeApi: () => ({
    postMessage: (message: unknown) => posted.push(message),
    getState: () => saved,
    setState: (state: unknown) => (saved = JSON.parse(JSON.stringify(state)) as unknown),
  }),
});
const setup = JSON.parse(document.currentScript!.dataset['setup']!) as {
  theme: ThemeFixture;
  state?: unknown;
};
saved = setup.state;
instruments.setTheme(setup.theme);
// What VS Code itself gives every webview.
const sheet = new CSSStyleSheet();
sheet.replaceSync(
  ':where(body) { background-color: transparent; color: var(--vscode-editor-foreground); margin: 0; padding: 0 20px; }',
);
document.adoptedStyleSheets.push(sheet);
