/**
 * FC310 Drop connect that is stochastic depth.
 *
 * Source: timm's train.py: `--drop-connect` is the old name of `--drop-path`, and drops residual branches. DropConnect as
 * published drops single weights.
 */
import * as l10n from '@vscode/l10n';
import { isNone } from '../../entry';
import { finding, inThisFile, type ConfigRule } from '../rule';

export const dropConnectNaming: ConfigRule = {
  code: 'FC310',
  title: 'Drop connect that is stochastic depth',
  check: (config) =>
    config
      .all('drop-connect')
      .filter(({ entry }) => !isNone(entry))
      .map((setting) => {
        const message = l10n.t(
          '{0}: here that is the old name of drop_path (stochastic depth), which drops residual branches and no weights. Write drop_path.',
          inThisFile(setting.entry),
        );
        return finding('FC310', setting, 'hint', message);
      }),
};
