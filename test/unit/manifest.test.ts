import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import rawManifest from '../../package.json';
import strings from '../../package.nls.json';
import { commands, diagnoseTool, logEditorType, settings, views } from '../../src/editor/ids';
import { loudness } from '../../src/findings/severity';

/** The manifest as VS Code shows it in English. */
const manifest = JSON.parse(JSON.stringify(rawManifest), (_, value: unknown) => {
  const key = typeof value === 'string' ? /^%([\w.-]+)%$/.exec(value)?.[1] : undefined;
  return key === undefined ? value : (strings as Record<string, string>)[key];
}) as typeof rawManifest;
const { contributes } = manifest;
const contributed = contributes.commands.map(({ command }) => command);
const menuItems = Object.values(contributes.menus).flat();

describe('package.json and the code agree', () => {
  it('on how loud a rule may be', () => {
    const linting = contributes.configuration.find(({ title }) => title === 'Linting');
    const rules = linting!.properties['fitcheck.lint.rules']!;
    expect(Object.values(rules.patternProperties)[0]!.enum).toEqual(loudness);
  });

  it('on the commands', () => {
    expect([...contributed].sort()).toEqual(Object.values(commands).sort());
    for (const { command } of menuItems) expect(contributed).toContain(command);
    const welcome = contributes.viewsWelcome.map(({ contents }) => contents).join();
    for (const [, id] of welcome.matchAll(/command:([\w.]+)/g))
      expect([...contributed, 'vscode.openFolder']).toContain(id);
  });

  it('on the settings, each with a scope, a description and a default', () => {
    const properties = Object.assign(
      {},
      ...contributes.configuration.map((part) => part.properties),
    ) as Record<
      string,
      {
        scope?: string;
        markdownDescription?: string;
        default?: unknown;
        enum?: string[];
        markdownEnumDescriptions?: string[];
      }
    >;
    expect(Object.keys(properties).sort()).toEqual(
      Object.values(settings)
        .map((key) => `fitcheck.${key}`)
        .sort(),
    );
    for (const [
      key,
      { scope, markdownDescription, default: value, enum: words, markdownEnumDescriptions },
    ] of Object.entries(properties)) {
      expect([key, typeof scope, typeof markdownDescription, value !== undefined]).toEqual([
        key,
        'string',
        'string',
        true,
      ]);
      if (words) expect(markdownEnumDescriptions).toHaveLength(words.length);
    }
    for (const key of manifest.capabilities.untrustedWorkspaces.restrictedConfigurations) {
      expect(properties).toHaveProperty([key]);
    }
  });

  it('on views, and every file that is named exists', () => {
    expect(contributes.views.fitcheck.map(({ id }) => id)).toEqual(Object.values(views));
    for (const path of [manifest.icon, contributes.viewsContainers.activitybar[0]!.icon]) {
      expect(existsSync(path)).toBe(true);
    }
  });

  it('on less than 20 settings', () => {
    expect(Object.keys(settings).length).toBeLessThan(20);
  });

  it('on the custom editor and the tool for language models', () => {
    expect(contributes.customEditors.map(({ viewType, priority }) => [viewType, priority])).toEqual([
      [logEditorType, 'option'],
    ]);
    expect(contributes.languageModelTools.map(({ name }) => name)).toEqual([diagnoseTool]);
  });

  it('on a walkthrough of five steps: each with a picture, and done by a command that its button runs', () => {
    const [{ steps }] = contributes.walkthroughs as [(typeof contributes.walkthroughs)[0]];
    expect(steps).toHaveLength(5);
    for (const { description, media, completionEvents } of steps) {
      expect(existsSync(media.svg)).toBe(true);
      const buttons = [...description.matchAll(/\(command:([\w.]+)/g)].map(([, id]) => id!);
      expect(buttons.length).toBeGreaterThan(0);
      for (const id of buttons) expect([...contributed, 'fitcheck.runs.focus']).toContain(id);
      const done = completionEvents.map((event) => event.split(':')[1]!);
      for (const id of done) expect([...contributed, views.runs]).toContain(id);
      expect(buttons.map((id) => id.replace(/\.focus$/, '')).some((id) => done.includes(id))).toBe(true);
    }
  });

  it('on when-clauses: only keys that VS Code or the extension sets', () => {
    const known = new Set(
      'view activeCustomEditorId fitcheck.logEditor viewItem stream fitcheck.experiments run run.muted fitcheck.runsFiltered explorerResourceIsFolder resourceExtname resourceFilename fitcheck.runs trainer_state.json false activeWebviewPanelId fitcheck.panel listMultiSelection resourceScheme fitcheck-preview'.split(
        ' ',
      ),
    );
    for (const { when } of menuItems) {
      const words = when.replace(/\/(\\.|[^/])*\//g, '').match(/[A-Za-z_][\w.-]*/g) ?? [];
      for (const word of words) expect(known).toContain(word);
    }
  });
});
