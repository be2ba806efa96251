import { configRules } from '../config/rules/all';
import { withRun } from '../config/rules/withRun';
import { codeRules } from '../python/rules/all';

/** Every rule once, by code: some look at scripts and configs alike. */
export const allRules: readonly { code: string; title: string }[] = [
  ...new Map(
    [...codeRules, ...configRules, withRun].map(({ code, title }) => [code, { code, title }]),
  ).values(),
].sort((a, b) => (a.code < b.code ? -1 : 1));
