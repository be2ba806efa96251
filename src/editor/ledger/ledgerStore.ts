import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isEntry, type Entry } from '../../ledger/entry';

/** Runs that are remembered; the oldest are forgotten. */
const MOST = 500;
const FILE = 'ledger.json';
/** What could not be understood, out of the way of what is written next. */
const UNREAD = 'ledger.unread.json';

/**
 * The ledger on disk: one file of entries, and the texts of scripts and configs by their hash. Two windows may be open on
 * one workspace, or an extension host may outlive the reload of its window: what another has written stays.
 */
export class LedgerStore {
  /** A file that is written by one training after the other is several runs. */
  private entries = new Map<string, Entry>();
  /** Keys of what this window has put or forgotten and not yet written: of all else the file knows best. */
  private changed = new Set<string>();
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
    const found = await this.written();
    if (found === null) return;
    if (found === 'unreadable') {
      await rename(join(this.folder, FILE), join(this.folder, UNREAD));
      throw new Error(`${FILE} is no list of runs, and is kept as ${UNREAD}`);
    }
    this.take(found);
    // What went on then is not followed by this window.
    for (const entry of this.all) {
      if (entry.state !== 'running' || this.changed.has(keyOf(entry))) continue;
      this.entries.set(keyOf(entry), { ...entry, state: 'unknown' });
      this.changed.add(keyOf(entry));
    }
    await this.tidy();
  }

  put(entry: Entry): Promise<void> {
    this.entries.set(keyOf(entry), entry);
    this.changed.add(keyOf(entry));
    return this.save();
  }

  forget(entry: Entry): Promise<void> {
    this.entries.delete(keyOf(entry));
    this.changed.add(keyOf(entry));
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

  /** The entries in the file; null without a file. */
  private async written(): Promise<Entry[] | 'unreadable' | null> {
    const text = await readFile(join(this.folder, FILE), 'utf8').catch(() => null);
    if (text === null) return null;
    const value = parsed(text);
    return Array.isArray(value) ? value.filter(isEntry) : 'unreadable';
  }

  /** Takes over what others have written, and lets go of what they forgot. */
  private take(found: readonly Entry[]): void {
    const others = found.filter((entry) => !this.changed.has(keyOf(entry)));
    const ours = this.all.filter((entry) => this.changed.has(keyOf(entry)));
    this.entries = new Map([...others, ...ours].map((entry) => [keyOf(entry), entry]));
    const oldest = this.all.toSorted((a, b) => a.start - b.start).slice(0, -MOST);
    for (const one of oldest) this.entries.delete(keyOf(one));
  }

  /** One write at a time, and whole or not at all. */
  private save(): Promise<void> {
    this.saving = this.saving
      .catch(() => undefined)
      .then(async () => {
        await mkdir(this.folder, { recursive: true });
        const found = await this.written();
        if (Array.isArray(found)) this.take(found);
        const changed = this.changed;
        this.changed = new Set();
        try {
          const temporary = join(this.folder, `${FILE}.${process.pid}`);
          await writeFile(temporary, JSON.stringify(this.all));
          await rename(temporary, join(this.folder, FILE));
        } catch (error) {
          this.changed = new Set([...changed, ...this.changed]);
          throw error;
        }
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
