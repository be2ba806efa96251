/**
 * FC919 Key stands twice.
 *
 * Source: PyYAML and most JSON readers take the last one and say nothing: whoever edits the first one changes nothing.
 */
import * as l10n from '@vscode/l10n';
import { finding, keyOf, type ConfigRule } from '../rule';
import { settingsOf } from '../../settings';

export const keyTwice: ConfigRule = {
  code: 'FC919',
  title: 'Key stands twice',
  check({ document, dialect, settings }) {
    if (document.syntax === 'python' || document.overridden.length === 0) return [];
    const earlier = settingsOf({ ...document, entries: document.overridden }, dialect);
    return earlier.flatMap((setting) => {
      const { entry } = setting;
      // What is merged in from an anchor is meant to be overridden.
      if (entry.shared) return [];
      const last = settings.find((one) => one.entry.path.join('\u0000') === entry.path.join('\u0000'));
      if (!last || last.entry.value === entry.value) return [];
      const line = last.entry.keyRange.start.line + 1;
      const message = l10n.t(
        '{0} is {1} here and {2} in line {3} of this file: the last one counts.',
        keyOf(entry),
        String(entry.value),
        String(last.entry.value),
        line,
      );
      return [finding('FC919', setting, 'warning', message, null, 'key')];
    });
  },
};
