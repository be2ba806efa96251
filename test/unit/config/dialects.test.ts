import { describe, expect, it } from 'vitest';
import { concepts } from '../../../src/config/dialects/concept';
import { dialects } from '../../../src/config/dialects/all';
import { lintConfig, trainingsIn } from '../../../src/config/lint';
import { allRules } from '../../../src/lint/rules';
import { fixtures } from './fixtures';

describe('the dialects', () => {
  it('each have a fixture, a source and keys, and an id of their own', () => {
    const ids = dialects.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...new Set(fixtures.map(({ dialect }) => dialect))].sort()).toEqual([...ids].sort());
    for (const { source, keys, syntaxes } of dialects) {
      expect(source.length).toBeGreaterThan(10);
      expect(Object.keys(keys).length).toBeGreaterThan(1);
      expect(syntaxes.length).toBeGreaterThan(0);
    }
  });

  it('lead from a concept to a rule that there is', () => {
    for (const concept of Object.values(concepts)) {
      if ('rule' in concept) expect(allRules.map(({ code }) => code)).toContain(concept.rule);
    }
  });

  it.each(fixtures.map((fixture) => [fixture.dialect, fixture.path, fixture] as const))(
    '%s: %s is recognised, and its keys mean what they mean',
    async (dialect, path, { text, means }) => {
      const [config, ...others] = await trainingsIn(text, path);
      expect([dialect, others.length]).toEqual([config?.dialect.id, 0]);
      const found = Object.fromEntries(
        Object.keys(means).map((concept) => [
          concept,
          config!.settings.find((setting) => setting.concept === concept)?.entry.value,
        ]),
      );
      expect(found).toEqual(means);
    },
  );

  it.each(fixtures.map((fixture) => [fixture.dialect, fixture.path, fixture] as const))(
    '%s: %s, as usual as it is, has no error and no warning',
    async (_dialect, path, { text }) => {
      const loud = (await lintConfig(text, path)).filter(
        ({ severity }) => severity === 'error' || severity === 'warning',
      );
      expect(loud).toEqual([]);
    },
  );
});
