import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dialects } from '../../src/config/dialects/all';
import { concepts } from '../../src/config/dialects/concept';
import { driven } from '../../src/python/elsewhere';
import { shardedOtherwise } from '../../src/python/neighbours';
import { incidentTitles, symptomNotes } from '../../src/analysis/symptomNotes';
import { formats } from '../../src/formats/registry';
import { catalogue } from '../../src/remedies/catalogue';
import { profiles } from '../../src/remedies/profiles';
import { reasons, reasonsFor } from '../../src/remedies/rank';
import { whatToDo } from '../../src/runs/humanError';
import { evidenceNames } from '../../webview/evidenceNames';

type Strings = Record<string, string>;
const read = (path: string): Strings => JSON.parse(readFileSync(path, 'utf8')) as Strings;
const sources = ['src', 'webview'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'translated.ts')
    .map((name) => readFileSync(join(folder, name), 'utf8')),
);

/** The strings that the code asks for, in English. */
function asked(): string[] {
  const call = /\bl10n\.t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")?/g;
  return sources.flatMap((source) =>
    [...source.matchAll(call)].map(([whole, single, double]) => {
      const text = single ?? double;
      if (text === undefined) throw new Error(`not a plain string: ${whole}`);
      return text.replace(/\\(.)/g, '$1');
    }),
  );
}

/** What is the same in every language: numbers, code, names. */
const asIs: readonly string[] = [
  ...['', '0', '0.1', '0.5', '1.0', 'alpha 1.0'],
  ...['Dropout', 'DropConnect', 'DropPath', 'RMSNorm'],
  ...['AUTOTRAINER', 'TheDeepChecker', 'UMLAUT', 'Hugging Face Trainer', 'Hugging Face trainer_state.json'],
  ...['BatchNorm2d(channels)', 'head.weight = embedding.weight', 'logging_nan_inf_filter=False'],
];

/** Strings that the code asks for through `translated`: those of its tables, in English. */
const tables: readonly (readonly string[])[] = [
  Object.values(concepts).flatMap(({ title, what }) => [title, what]),
  dialects.flatMap(({ unsupported = [] }) => unsupported.map(({ why }) => why)),
  // Others are called by the name of a framework.
  dialects.map(({ title }) => title).filter((title) => /\b(config|class|learning)$/.test(title)),
  driven.flatMap(({ advice }) => Object.values(advice)),
  Object.values(shardedOtherwise),
  Object.values(symptomNotes).flatMap(({ title, threshold, source, falseAlarm }) => [
    ...[title, threshold, source, falseAlarm],
  ]),
  Object.values(incidentTitles),
  Object.values(catalogue).flatMap(({ title, what, notWhen, typical, cautions, cost, check }) => [
    ...[title, what, notWhen, ...cautions, cost, check],
    ...typical.flatMap(({ context, value }) => [context, value]),
  ]),
  Object.values(reasons),
  Object.values(reasonsFor).flatMap((own) => Object.values(own)),
  Object.values(profiles).flatMap(({ title, values }) => [title, ...Object.values(values ?? {})]),
  Object.values(whatToDo),
  formats.map(({ title }) => title),
  evidenceNames,
].map((strings) => strings.filter((text) => !asIs.includes(text)));

/** What must stand in a translation as in the original: placeholders, commands and names of settings. */
const marks = (text: string): string[] =>
  (text.match(/\{\d+\}|\(command:[^)]+\)|\(https[^)]+\)|`[^`]+`/g) ?? []).sort();

describe.each([
  ['the manifest', 'package.nls.json', 'package.nls.zh-cn.json'],
  ['the code', 'l10n/bundle.l10n.json', 'l10n/bundle.l10n.zh-cn.json'],
])('the strings of %s', (_, english, chinese) => {
  const [from, to] = [read(english), read(chinese)];
  it('are all there in Chinese, and no others', () => {
    expect(Object.keys(to).sort()).toEqual(Object.keys(from).sort());
  });

  it.each(Object.keys(from))('keep their placeholders and links: %s', (key) => {
    expect(marks(to[key]!)).toEqual(marks(from[key]!));
    const words = /\p{L}/u.test(key.replaceAll(/\{\d+\}|Fitcheck/g, ''));
    if (words) expect(to[key]).toMatch(/\p{Script=Han}/u);
  });
});

it('the code asks for exactly what the bundle has', () => {
  const bundle = read('l10n/bundle.l10n.json');
  expect(Object.keys(bundle).sort()).toEqual([...new Set([...asked(), ...tables.flat()])].sort());
  for (const [key, text] of Object.entries(bundle)) expect(text).toBe(key);
});

it('the manifest asks for exactly what its strings have', () => {
  const keys = [...readFileSync('package.json', 'utf8').matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key!);
  expect([...new Set(keys)].sort()).toEqual(Object.keys(read('package.nls.json')).sort());
});
