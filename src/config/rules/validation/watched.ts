import { normal } from '../../entry';
import { isBeside, type Setting } from '../../settings';
import type { TrainingConfig } from '../../training';

/** A metric that is watched, and what stands beside it in its mapping. */
export interface Watched {
  monitor: Setting;
  name: string;
  /** Set beside it, if it is. */
  mode: Setting | null;
  /** Whether training is ended by it, and not just a checkpoint chosen. */
  stops: boolean;
}

/** The metrics that are watched in a file, by text. */
export function watched(config: TrainingConfig): Watched[] {
  const modes = config.all('monitor-mode', 'greater-is-better');
  return config.settings
    .filter(({ concept }) => concept === 'monitor')
    .flatMap((monitor) => {
      const { value } = monitor.entry;
      if (typeof value !== 'string' || value.includes('$')) return [];
      const mode = modes.find((one) => isBeside(one, monitor)) ?? null;
      return [{ monitor, name: value, mode, stops: stops(monitor) }];
    });
}

function stops({ target, entry }: Setting): boolean {
  return /EarlyStopp/i.test(target ?? '') || entry.path.some((key) => /early_?stop/.test(normal(key)));
}
