import { readConfig } from '../config/read/read';
import { syntaxOf } from '../config/read/names';
import { SettingsBuilder, type Settings } from './settings';

/** The reader of YAML takes 2 ms a KiB: longer files are compared by their content alone. */
const LONGEST = 96 * 1024;

/** Every value of a config by the keys on the way to it; none for what can't be read. */
export async function configSettings(text: string, path: string): Promise<Settings> {
  const syntax = syntaxOf(path);
  if (!syntax || text.length > LONGEST) return {};
  const settings = new SettingsBuilder();
  for (const { entries } of await readConfig(text, syntax))
    for (const { path: keys, value } of entries) settings.add(keys.join('.'), String(value));
  return settings.build();
}

/**
 * What a command line sets: `--lr 0.1`, `--lr=0.1`, `optimizer.lr=0.1`, `--sizes 64 32`; a switch alone is on, and what stands
 * before all options is an argument by its place.
 */
export function argumentSettings(words: readonly string[]): Settings {
  const settings = new SettingsBuilder();
  const isName = (word: string): boolean => /^--?[A-Za-z]/.test(word) || /^\+*[\w.]+=/.test(word);
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const equals = word.indexOf('=');
    if (!isName(word)) settings.add(`argument ${at + 1}`, word);
    else if (equals > 0) settings.add(word.slice(0, equals), word.slice(equals + 1));
    else {
      const next = words.findIndex((one, i) => i > at && isName(one));
      const values = words.slice(at + 1, next < 0 ? undefined : next);
      settings.add(word, values.length > 0 ? values.join(' ') : 'on');
      at += values.length;
    }
  }
  return settings.build();
}
