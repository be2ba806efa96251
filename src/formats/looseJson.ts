/**
 * Python's json module writes NaN and Infinity as bare words, which JSON.parse refuses. Only when the strict
 * parse fails are such words, outside strings, replaced by sentinels and mapped back.
 */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;
const SENTINEL = '\u0000fitcheck:';

/** The value of a JSON text that may hold NaN, Infinity and -Infinity; undefined when it is not JSON. */
export function parseLooseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    if (!text.includes('NaN') && !text.includes('Infinity')) return undefined;
  }
  const quoted = text.replace(TOKENS, (token) =>
    token.startsWith('"') ? token : `"\\u0000fitcheck:${token}"`,
  );
  try {
    return JSON.parse(quoted, (_key, value: unknown) =>
      typeof value === 'string' && value.startsWith(SENTINEL) ? Number(value.slice(SENTINEL.length)) : value,
    );
  } catch {
    return undefined;
  }
}

/** The value as a JSON object, or undefined for anything else. */
export function asRecord(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
