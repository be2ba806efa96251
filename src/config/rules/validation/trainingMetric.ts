/**
 * FC502 Early stopping watches the training metric.
 *
 * Source: the seed document: early stopping watches the loss on held-out data. The training loss falls while a network
 * overfits, so that it never stops.
 */
import * as l10n from '@vscode/l10n';
import { leafOf, numberOf } from '../../entry';
import { finding, inThisFile, replaceValue, type ConfigRule } from '../rule';
import { watched } from './watched';

export const trainingMetric: ConfigRule = {
  code: 'FC502',
  title: 'Early stopping watches the training metric',
  check(config) {
    // Without validation there is nothing else to watch.
    const none = config.document.entries.some(
      (entry) => leafOf(entry) === 'limit_val_batches' && numberOf(entry) === 0,
    );
    if (none) return [];
    return watched(config).flatMap(({ monitor, name, stops }) => {
      if (!stops || !/^(train|training)([/_.]|$)/i.test(name)) return [];
      const better = name.replace(/^(train|training)/i, 'val');
      const message = l10n.t(
        '{0}: the training metric gets better while a network overfits, so that early stopping comes too late or never. Watch the validation metric.',
        inThisFile(monitor.entry),
      );
      return [finding('FC502', monitor, 'warning', message, replaceValue(monitor.entry, better, false))];
    });
  },
};
