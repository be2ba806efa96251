/** All of `ids` shown, or hidden where any of them is shown. */
export function toggled(hidden: readonly string[], ids: readonly string[]): string[] {
  const others = hidden.filter((id) => !ids.includes(id));
  return ids.every((id) => hidden.includes(id)) ? others : [...others, ...ids];
}

/** Of `all` only `ids` shown; all, where that is so already. */
export function isolated(
  hidden: readonly string[],
  ids: readonly string[],
  all: readonly string[],
): string[] {
  const rest = all.filter((id) => !ids.includes(id));
  const alone = rest.every((id) => hidden.includes(id)) && !ids.some((id) => hidden.includes(id));
  const elsewhere = hidden.filter((id) => !all.includes(id));
  return alone ? elsewhere : [...elsewhere, ...rest];
}
