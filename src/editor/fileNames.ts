const LONGEST = 80;
/** Names that Windows keeps for devices, with any ending. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** A file name that every system takes, from names of a log, which may be anything. @param ending without the dot */
export function safeFileName(parts: readonly string[], ending: string): string {
  const name = parts
    .join('-')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/(?:\.{2,}|-)+/g, '-')
    .slice(0, LONGEST)
    .replace(/^[-.]+|[-.]+$/g, '');
  if (name === '') return `chart.${ending}`;
  return `${RESERVED.test(name.split('.')[0]!) ? `_${name}` : name}.${ending}`;
}
