import ignore from 'ignore';
import type { RuleSettings } from '../findings/severity';
import { projectSettings, type ProjectSettings } from './projectSettings';

/** The files at the top of a project that say how it is linted. */
export const projectFiles = ['.fitcheck.json', 'pyproject.toml', '.fitcheckignore'] as const;

/** What a project has decided on its linting. */
export interface LintProject {
  readonly rules: RuleSettings;
  /** @param path from the top of the project, with `/` */
  ignores(path: string): boolean;
}

export const noProject: LintProject = { rules: {}, ignores: () => false };

/**
 * The decisions in the files of a project: `.fitcheck.json`, else `[tool.fitcheck.lint]` of pyproject.toml; and
 * `.fitcheckignore`, with patterns as in a `.gitignore`.
 * @param read the text of one of `projectFiles`, or null
 * @throws HumanError where one of them can't be understood
 */
export async function lintProject(read: (name: string) => Promise<string | null>): Promise<LintProject> {
  const [own, python, ignored] = await Promise.all(projectFiles.map((name) => read(name)));
  const settings: ProjectSettings | null =
    projectSettings(own ?? null, '.fitcheck.json') ?? projectSettings(python ?? null, 'pyproject.toml');
  const patterns = ignore()
    .add(ignored ?? '')
    .add([...(settings?.exclude ?? [])]);
  return {
    rules: settings?.rules ?? {},
    ignores: (path) => ignore.isPathValid(path) && patterns.ignores(path),
  };
}

/** How loud each rule is: a setting of the editor or the command line is stronger than the project's. */
export function combined(project: RuleSettings, own: RuleSettings): RuleSettings {
  const said = Object.entries(own).filter(([, value]) => value !== 'default');
  return { ...project, ...Object.fromEntries(said) };
}
