import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isEntry, type Entry } from '../../ledger/entry';

/** Runs that are remembered; the oldest are forgotten. */
const MOST = 500;
const FILE = 'ledger.json';

/** The ledger on disk: one file of entries, and the texts of scripts and configs by their hash. */
export class LedgerStore {
  private entries = new Map<string, Entry>();
  private saving: Promise<void> = Promise.resolve();

  constructor(private readonly folder: string) {}

  get all(): readonly Entry[] {
    return [...this.entries.values()];
  }

  get(run: string): Entry | undefined {
    return this.entries.get(run);
  }

  /** Reads what earlier windows have remembered. A file that can't be understood is left alone and not read. */
  async load(): Promise<void> {
    const text = await readFile(join(this.folder, FILE), 'utf8').catch(() => null);
    if (text === null) return;
    const value: unknown = JSON.parse(text);
    const found = Array.isArray(value) ? value.filter(isEntry) : [];
    this.entries = new Map([...found.map((entry) => [entry.run, entry] as const), ...this.entries]);
    await this.tidy();
  }

  put(entry: Entry): Promise<void> {
    this.entries.set(entry.run, entry);
    const oldest = this.all.toSorted((a, b) => a.start - b.start).slice(0, -MOST);
    for (const { run } of oldest) this.entries.delete(run);
    return this.save();
  }

  forget(run: string): Promise<void> {
    this.entries.delete(run);
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
    for (const name of await readdir(this.folder))
      if (name.endsWith('.txt') && !named.has(name)) await rm(join(this.folder, name), { force: true });
  }
}
