import { discoverRuns, type SeenFiles } from './discovery';
import type { RunReader } from './runReader';

/** How often the folder of a run is searched for files that are new in it (ms). */
const FOLDER_LOOK = 5_000;

/** Finds the files that a run which is a folder begins to write later: TensorBoard's `validation/`, a new metric, a restart. */
export class LateFiles {
  private nextLook = 0;
  private readonly seen: SeenFiles = new Map();

  constructor(private readonly reader: RunReader) {}

  /** Looks again if it is time to, and tells the reader of new files. @returns whether there were any */
  async look(): Promise<boolean> {
    const { path, files } = this.reader.source;
    const whole = files.some((file) => file.path === path || file.row !== undefined);
    if (whole || Date.now() < this.nextLook) return false;
    this.nextLook = Date.now() + FOLDER_LOOK;
    const found = await discoverRuns(path, { seen: this.seen }).catch(() => []);
    return this.reader.add(found.find((source) => source.path === path)?.files ?? []);
  }
}
