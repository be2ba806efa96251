import { publicValue } from '../streams/secrets';

/** Settings of a training by name, with their values as they are written. */
export type Settings = Readonly<Record<string, string>>;

/** A project has a few hundred; a generated file may have any number. */
export const MOST_SETTINGS = 1_000;
const LONGEST_VALUE = 80;

/** Collects settings; what is set several times has all its values, in order. Secrets are not among them. */
export class SettingsBuilder {
  private readonly found = new Map<string, string[]>();

  add(name: string, written: string): void {
    const value = publicValue(name, written);
    const known = this.found.get(name);
    if (known) {
      if (!known.includes(value)) known.push(value);
    } else if (this.found.size < MOST_SETTINGS) this.found.set(name, [value]);
  }

  build(): Settings {
    const joined = [...this.found].map(([name, values]) => {
      const text = values.join(', ').replace(/\s+/g, ' ');
      return [name, text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text] as const;
    });
    return Object.fromEntries(joined);
  }
}
