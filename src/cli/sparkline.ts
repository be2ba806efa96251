const bars = '▁▂▃▄▅▆▇█';

/** A curve in one line of text, `width` characters at most; a non-finite value is a cross. */
export function sparkline(values: Float64Array, width = 40): string {
  const kept = values.length > width ? everyBucket(values, width) : Array.from(values);
  const finite = kept.filter((value) => Number.isFinite(value));
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low;
  return kept
    .map((value) => {
      if (!Number.isFinite(value)) return '×';
      return bars[span > 0 ? Math.min(7, Math.floor(((value - low) / span) * 8)) : 0];
    })
    .join('');
}

/** One value a character: the mean of the finite values of its bucket, or what is there if none is finite. */
function everyBucket(values: Float64Array, width: number): number[] {
  return Array.from({ length: width }, (_, i) => {
    const from = Math.floor((i * values.length) / width);
    const bucket = values.subarray(from, Math.floor(((i + 1) * values.length) / width));
    const finite = bucket.filter((value) => Number.isFinite(value));
    if (finite.length < bucket.length) return Number.NaN;
    return finite.reduce((sum, value) => sum + value, 0) / finite.length;
  });
}
