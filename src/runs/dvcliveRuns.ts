import { join } from 'node:path';
import type { Placing } from './places';

/** `dvclive/plots/metrics/train/loss.tsv`: a table a metric, of which the path is the name. */
const TABLE = /^(.*)[\\/]plots[\\/]metrics[\\/](.+)\.tsv$/;

/** The tables of a DVCLive folder are one run, whose parameters are beside them. */
export function dvclivePlaces(): Placing {
  return ({ path }) => {
    const [, folder, name] = TABLE.exec(path) ?? [];
    if (folder === undefined || name === undefined) return null;
    const facts = [{ path: join(folder, 'params.yaml'), kind: 'settings' }] as const;
    return { folder, split: null, metric: name.replaceAll('\\', '/'), facts };
  };
}
