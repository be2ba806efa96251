import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isEntry, type Entry } from '../../ledger/entry';

/** Runs that are remembered; the oldest are forgotten. */
const MOST = 500;
const FILE = 'ledger.json';
/** What could not be understood, out of the way of what is written next. */
const UNREAD = 'ledger.unread.json';

/** The ledger on disk: one file of entries, and the texts of scripts and configs by their hash. */
export class LedgerStore {
  /** A file that is written by one training after the other is several runs. */
  private entries = new Map<string, Entry>();
  private saving: Promise<void> = Promise.resolve();

  constructor(private readonly folder: string) {}

  get all(): readonly Entry[] {
    return [...this.entries.values()];
  }

  /** The latest training of a run's path. */
  get(run: string): Entry | undefined {
    return this.all
      .filter((entry) => entry.run === run)
      .reduce<Entry | undefined>(
        (latest, entry) => (latest && latest.start > entry.start ? latest : entry),
        undefined,
      );
  }

  /**
   * Reads what earlier windows have remembered. What went on then may have ended unseen.
   * @throws Error for a file that can't be understood, which is put aside
   */
  async load(): Promise<void> {
    const text = await readFile(join(this.folder, FILE), 'utf8').catch(() => null);
    if (text === null) return;
    const value = parsed(text);
    if (!Array.isArray(value)) {
      await rename(join(this.folder, FILE), join(this.folder, UNREAD));
      throw new Error(`${FILE} is no list of runs, and is kept as ${UNREAD}`);
    }
    const found = value
      .filter(isEntry)
      .map((entry): Entry => (entry.state === 'running' ? { ...entry, state: 'unknown' } : entry));
    this.entries = new Map([...found.map((entry) => [keyOf(entry), entry] as const), ...this.entries]);
    await this.tidy();
  }

  put(entry: Entry): Promise<void> {
    this.entries.set(keyOf(entry), entry);
    const oldest = this.all.toSorted((a, b) => a.start - b.start).slice(0, -MOST);
    for (const one of oldest) this.entries.delete(keyOf(one));
    return this.save();
  }

  forget(entry: Entry): Promise<void> {
    this.entries.delete(keyOf(entry));
    return this.save();
  }

  /** Keeps a text under its hash. */
  async keep(hash: string, text: string): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await writeFile(this.placeOf(hash), text, { flag: 'wx' }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }

  /** A text that was kept; null where it is not there any more. */
  textOf(hash: string): Promise<string | null> {
    return readFile(this.placeOf(hash), 'utf8').catch(() => null);
  }

  private placeOf(hash: string): string {
    return join(this.folder, `${hash}.txt`);
  }

  /** One write at a time, and whole or not at all. */
  private save(): Promise<void> {
    this.saving = this.saving
      .catch(() => undefined)
      .then(async () => {
        await mkdir(this.folder, { recursive: true });
        const temporary = join(this.folder, `${FILE}.${process.pid}`);
        await writeFile(temporary, JSON.stringify(this.all));
        await rename(temporary, join(this.folder, FILE));
      });
    return this.saving;
  }

  /** Takes away texts that no entry names any more. */
  private async tidy(): Promise<void> {
    const named = new Set(this.all.flatMap(({ code }) => code?.files.map(({ hash }) => `${hash}.txt`) ?? []));
    const names = await readdir(this.folder);
    // Who puts it right wants its texts, too.
    if (names.includes(UNREAD)) return;
    for (const name of names)
      if (name.endsWith('.txt') && !named.has(name)) await rm(join(this.folder, name), { force: true });
  }
}

function keyOf({ run, start }: Entry): string {
  return `${start} ${run}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
