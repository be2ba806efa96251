/**
 * FC901 Number that PyYAML reads as text.
 *
 * Source: PyYAML's resolver (YAML 1.1): a float needs a dot, and a sign in its exponent. `lr: 1e-4` arrives as a string,
 * and the optimizer raises. Only where scripts beside the file read it with PyYAML and nothing converts it.
 */
import * as l10n from '@vscode/l10n';
import { finding, inThisFile, type ConfigRule } from '../rule';

const scientific = /^([-+]?)(\d+)(\.\d*)?e([-+]?)(\d+)$/i;
const pyYamlFloat = /^[-+]?\d[\d_]*\.[\d_]*e[-+]\d+$/i;

export const yamlNumber: ConfigRule = {
  code: 'FC901',
  title: 'Number that PyYAML reads as text',
  check({ settings, document, facts }) {
    if (document.syntax !== 'yaml' || !facts.readByPyYaml) return [];
    const lines = document.text.split(/\r\n|\r|\n/);
    return settings.flatMap((setting) => {
      const { start, end } = setting.entry.valueRange;
      const text = lines[start.line]?.slice(start.character, end.character) ?? '';
      const parts = scientific.exec(text);
      if (!parts || setting.entry.quoted || pyYamlFloat.test(text)) return [];
      const [, sign, whole, fraction, exponentSign, exponent] = parts;
      const number = `${sign}${whole}${fraction && fraction !== '.' ? fraction : '.0'}e${exponentSign || '+'}${exponent}`;
      const message = l10n.t(
        '{0}, written {1}: PyYAML, with which a script beside it reads YAML, takes that for text. Write {2}.',
        inThisFile(setting.entry),
        text,
        number,
      );
      const fix = setting.entry.shared
        ? null
        : {
            title: l10n.t('Write {0}', number),
            edits: [{ range: setting.entry.valueRange, newText: number }],
            safe: true,
          };
      return [finding('FC901', setting, 'info', message, fix)];
    });
  },
};
