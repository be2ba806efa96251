/**
 * The colour at a share of its strength. Theme colours come as #rgb, #rrggbb, #rrggbbaa, rgb() or rgba(); any other
 * is left to the browser.
 */
export function fade(colour: string, share: number): string {
  const text = colour.trim();
  const long = /^#[0-9a-f]{3}$/i.test(text) ? text.replace(/[0-9a-f]/gi, '$&$&') : text;
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(long);
  const parts = hex
    ? hex.slice(1, 4).map((pair) => Number.parseInt(pair, 16))
    : /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)/i.exec(text)?.slice(1, 4).map(Number);
  return parts
    ? `rgba(${parts.join(', ')}, ${share})`
    : `color-mix(in srgb, ${text} ${Math.round(share * 100)}%, transparent)`;
}
