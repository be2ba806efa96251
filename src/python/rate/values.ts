/** By how much the rate is lowered. Source: after a divergence a third to a tenth is usual, and a decay step is ten: ten does for both. */
export const FACTOR = 10;

/** A tenth of a number, in the way that it is written: `3e-4` gives `3e-5`, `0.05` gives `0.005`. */
export function tenth(text: string): string {
  const clean = text.replace(/_/g, '');
  const written = /^([\d.]+)e([+-]?\d+)$/i.exec(clean);
  if (written) return `${written[1]}e${Number(written[2]) - 1}`;
  const value = Number((Number(clean) / FACTOR).toPrecision(12));
  return value >= 1e-6 ? String(value) : value.toExponential();
}
