import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Applied } from '../../ledger/entry';
import { stillWritten, textHash } from '../../ledger/stillWritten';
import { say } from '../say';
import { UnsavedRemedies, type Waiting, type Written } from './unsavedRemedies';

/** Key in the workspace's memory: remedies that no run has measured yet, the oldest first. */
const KEY = 'fitcheck.applied';
const MOST = 50;
/** Of a remedy that is older a training may have been seen by nobody, on another machine: it is no change under way (ms). */
const LONGEST = 7 * 24 * 60 * 60_000;

/** The remedies that Fitcheck wrote into scripts and that no training has shown the effect of yet. */
export class AppliedRemedies {
  /** What trainings can't read yet. */
  readonly unsaved = new UnsavedRemedies();

  constructor(
    private readonly memory: Pick<vscode.Memento, 'get' | 'update'>,
    /** Warns and asks whether to go on all the same. */
    private readonly ask: (text: string, goOn: string) => Thenable<string | undefined> = say.warning,
  ) {}

  /** Those of a script that a training can read, the oldest first. */
  of(script: string): readonly Applied[] {
    return this.table().filter((one) => one.script === script && Date.now() - one.at < LONGEST);
  }

  async mark(applied: Applied): Promise<void> {
    await this.memory.update(KEY, [...this.table(), applied].slice(-MOST));
  }

  /**
   * A remedy was written into a document: it counts when that is saved, which it may have been at once.
   * @param before its text without the remedy @param now how it stands; null: nobody has it open any more
   */
  async written(
    remedy: Written,
    file: string,
    before: string,
    now: { readonly text: string; readonly isSaved: boolean } | null,
  ): Promise<void> {
    // Else it was undone while it was waited for whether the document takes it.
    if (!now || now.text === before) return;
    if (now.isSaved) await this.mark(counting({ file, before, remedy }));
    else this.unsaved.add(file, before, remedy);
  }

  /** A document was saved: what was written into it counts from now on, and what was undone in it no more. */
  async saved(file: string, text: () => string): Promise<void> {
    for (const one of this.unsaved.take(file)) await this.mark(counting(one));
    const table = this.table();
    if (!table.some(({ into }) => into?.file === file)) return;
    const still = stillWritten(table, file, textHash(text()));
    await this.letGo((one) => !still.includes(one));
  }

  /**
   * A run that started at `start` measures what was written before. Gives what it measures.
   * @param configs the files that it was started with
   */
  async take(script: string, start: number, configs: readonly string[] = []): Promise<readonly Applied[]> {
    const measured = [script, ...configs].flatMap((file) => this.of(file)).filter(({ at }) => at <= start);
    await this.letGo((one) => measured.includes(one));
    return measured;
  }

  /**
   * A run started of which nobody knows what made it: it may have measured what was written into a config for which no script is
   * known, and that can't be called unmeasured any more.
   * @param isNear whether a config is of the same project
   */
  passOver(start: number, isNear: (config: string) => boolean): Promise<void> {
    return this.letGo(({ alone, at, script }) => alone === true && at <= start && isNear(script));
  }

  /**
   * The document's advice is one change at a time: says so when there is one already that was not measured.
   * @returns whether to go on
   */
  async mayAdd(script: string): Promise<boolean> {
    const before = this.unsaved.of(script).at(-1) ?? this.of(script).at(-1);
    if (!before) return true;
    const go = l10n.t('Apply Anyway');
    const text = l10n.t(
      'Fitcheck: "{0}" was applied and no training has measured it yet. With a second change the effect of neither can be told: add one at a time.',
      before.title,
    );
    return (await this.ask(text, go)) === go;
  }

  private async letGo(gone: (one: Applied) => boolean): Promise<void> {
    const table = this.table();
    const kept = table.filter((one) => !gone(one));
    if (kept.length < table.length) await this.memory.update(KEY, kept);
  }

  private table(): readonly Applied[] {
    return this.memory.get<readonly Applied[]>(KEY, []);
  }
}

/** A remedy that trainings can read from now on. */
function counting({ file, before, remedy }: Waiting): Applied {
  return { ...remedy, into: { file, without: textHash(before) }, at: Date.now() };
}
