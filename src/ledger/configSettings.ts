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

/** What a command line sets: `--lr 0.1`, `--lr=0.1`, `optimizer.lr=0.1`; a switch alone is on. */
export function argumentSettings(words: readonly string[]): Settings {
  const settings = new SettingsBuilder();
  for (const [i, word] of words.entries()) {
    const equals = word.indexOf('=');
    if (equals > 0) settings.add(word.slice(0, equals), word.slice(equals + 1));
    else if (/^--?[A-Za-z]/.test(word)) {
      const next = words[i + 1];
      const isValue = next !== undefined && !/^--?[A-Za-z]/.test(next) && !/^[\w.]+=/.test(next);
      settings.add(word, isValue ? next : 'on');
    }
  }
  return settings.build();
}
