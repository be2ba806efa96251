/** What has a name in a list, or on a tab. */
export interface Named {
  readonly name: string;
  readonly path: string;
  /** When the program started whose output it is (ms since 1970): all outputs lie in one folder, which tells nothing. */
  readonly start?: number | undefined;
}

/**
 * The names, of which those that are equal get the shortest extra that tells them apart, as the tabs of an editor do: when a program
 * started (`python train.py · 14:32`, `python train.py · Nov 25`), or a folder of a log (`log.csv · second`).
 * @param now ms since 1970 @param language for dates
 */
export function toldApart(all: readonly Named[], now: number, language: string): string[] {
  const groups = new Map<string, Named[]>();
  for (const one of all) groups.set(one.name, [...(groups.get(one.name) ?? []), one]);
  const extras = new Map<Named, string>();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const outputs = group.filter(({ start }) => start !== undefined);
    const logs = group.filter(({ start }) => start === undefined);
    startsOf(outputs, now, language).forEach((extra, i) => extras.set(outputs[i]!, extra));
    foldersOf(logs).forEach((extra, i) => extras.set(logs[i]!, extra));
  }
  return all.map((one) => (extras.has(one) ? `${one.name} · ${extras.get(one)!}` : one.name));
}

/** When each started: of today the time, else the day; as exactly as it takes. */
function startsOf(group: readonly Named[], now: number, language: string): string[] {
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const day = { month: 'short', day: 'numeric' } as const;
  const exact = { ...time, second: '2-digit' } as const;
  const today = new Date(now).toDateString();
  // Made once: each takes longer than a hundred dates.
  const forms = (...all: Intl.DateTimeFormatOptions[]): Intl.DateTimeFormat[] =>
    all.map((form) => new Intl.DateTimeFormat(language, form));
  const full = { ...day, ...exact, year: 'numeric', fractionalSecondDigits: 3 } as const;
  const [ofToday, before] = [forms(time, exact, full), forms(day, { ...day, ...time }, full)];
  const levels = (start: number): string[] => {
    const at = new Date(start);
    return (at.toDateString() === today ? ofToday : before).map((form) => form.format(at));
  };
  return firstUnlike(group.map(({ start = 0 }) => levels(start)));
}

/** For each the first of its texts that no other has among those that are as short; a number where all are alike. */
function firstUnlike(texts: readonly (readonly string[])[]): string[] {
  return texts.map((own, k) => {
    const at = own.findIndex((text, i) => texts.filter((other) => other[i] === text).length === 1);
    if (at >= 0) return own[at]!;
    const before = texts.slice(0, k).filter((other) => other.at(-1) === own.at(-1));
    return `${own.at(-1)!} (${before.length + 1})`;
  });
}

/** Of each path the folders that no other has: as few as possible, and of these the nearest to the file. */
function foldersOf(group: readonly Named[]): string[] {
  const all = group.map(({ name, path }) => {
    const isBelow = /[\\/]/.test(path.at(-1 - name.length) ?? '') && path.endsWith(name);
    return path
      .slice(0, isBelow ? -1 - name.length : undefined)
      .split(/[\\/]/)
      .slice(0, isBelow ? undefined : -1);
  });
  const found = all.map((folders, i) => {
    const others = all.filter((_, k) => k !== i).map((other) => `/${other.join('/')}/`);
    for (let length = 1; length <= folders.length; length++)
      for (let end = folders.length; end >= length; end--) {
        const part = folders.slice(end - length, end).join('/');
        if (part === '' || others.some((other) => other.includes(`/${part}/`))) continue;
        return end < folders.length ? `${part}/…` : part;
      }
    // All that it has, another one has, too, and more.
    return folders.at(-1)!;
  });
  return firstUnlike(found.map((text, i) => [text, all[i]!.join('/')]));
}
