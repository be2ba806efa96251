type Colour = 'red' | 'green' | 'yellow' | 'blue' | 'cyan' | 'bold' | 'dim';
export type Style = (colour: Colour, text: string) => string;

const codes: Readonly<Record<Colour, readonly [number, number]>> = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
  bold: [1, 22],
  dim: [2, 22],
};

/** Colours for a terminal; plain text for a pipe, under NO_COLOR, and the other way round under FORCE_COLOR. */
export function styleFor(stream: { isTTY?: boolean }): Style {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const on = NO_COLOR ? false : FORCE_COLOR ? FORCE_COLOR !== '0' : stream.isTTY === true;
  return on
    ? (colour, text) => `\u001b[${codes[colour][0]}m${text}\u001b[${codes[colour][1]}m`
    : (_c, text) => text;
}

/** Text from a log for a terminal: control characters (escape sequences!) are shown, not sent. */
export function plain(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
}
