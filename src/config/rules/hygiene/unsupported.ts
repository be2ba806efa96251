/**
 * FC914 Key not supported by the recipe.
 *
 * What a framework refuses or ignores stands in its dialect, with the source.
 */
import * as l10n from '@vscode/l10n';
import { translated } from '../../../translated';
import { isNone, numberOf } from '../../entry';
import { matching } from '../../pattern';
import { shows } from '../../recognise';
import { finding, inThisFile, type ConfigRule } from '../rule';

export const unsupportedKey: ConfigRule = {
  code: 'FC914',
  title: 'Key not supported by the recipe',
  check: ({ dialect, document }) =>
    (dialect.unsupported ?? []).flatMap(({ key, where, why }) => {
      if (!where.every((clue) => shows(document, clue))) return [];
      const used = matching(document, key).filter((entry) => !isNone(entry) && numberOf(entry) !== 0);
      return used.map((entry) =>
        finding('FC914', { entry }, 'warning', l10n.t('{0}: it {1}.', inThisFile(entry), translated(why))),
      );
    }),
};
