/** One line or shape as it was stroked, in CSS pixels. */
export interface Stroke {
  colour: string;
  dash: number[];
  width: number;
  points: [number, number][];
  /** Indices of the points where the pen was set down. */
  starts: number[];
}

export interface Text {
  text: string;
  x: number;
  y: number;
}

/** What stands on a canvas since it was last cleared. */
export interface Drawing {
  strokes: Stroke[];
  texts: Text[];
  fills: { colour: string; points: [number, number][] }[];
  /** How often it was drawn in all. */
  times: number;
}

/** A theme as VS Code gives it to a webview. */
export interface ThemeFixture {
  classes: string;
  kind: string;
  variables: Record<string, string>;
}
