import * as l10n from '@vscode/l10n';
/** Made once: a formatter costs more to make than to use, and charts redraw several times a second. */
const grouped = new Intl.NumberFormat('en');

/** A measured value as people write it: four significant digits, exponents only where they help. */
export function brief(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-3 || size >= 1e6)
    ? value.toExponential(2).replace(/\.?0+e/, 'e')
    : String(Number(value.toPrecision(4)));
}

/** A position on the x axis: whole numbers in full, since a rounded step is another step. */
export function position(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Number.isInteger(value) ? grouped.format(value) : String(Number(value.toFixed(3)));
}

/**
 * A name from a log for a place that can't wrap or isolate it (the canvas, an attribute that is read aloud): control
 * characters, among them those that reverse the text after them, are replaced, and a long name loses its middle.
 */
export function tame(name: string, longest = 48): string {
  const plain = name.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\u00b7');
  if (plain.length <= longest) return plain;
  const half = Math.floor((longest - 1) / 2);
  return `${plain.slice(0, half)}…${plain.slice(-half)}`;
}

/** Never nothing: a chart without a heading can't be named by anyone. */
export function nameOr(name: string, otherwise = l10n.t('(no name)')): string {
  return name.trim() === '' ? otherwise : name;
}
