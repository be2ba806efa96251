import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { Applied } from '../../ledger/entry';
import { say } from '../say';

/** Key in the workspace's memory: remedies that no run has measured yet, the oldest first. */
const KEY = 'fitcheck.applied';
const MOST = 50;

/** The remedies that Fitcheck wrote into scripts and that no training has shown the effect of yet. */
export class AppliedRemedies {
  constructor(
    private readonly memory: Pick<vscode.Memento, 'get' | 'update'>,
    /** Warns and asks whether to go on all the same. */
    private readonly ask: (text: string, goOn: string) => Thenable<string | undefined> = say.warning,
  ) {}

  /** Those of a script, the oldest first. */
  of(script: string): readonly Applied[] {
    return this.table().filter((one) => one.script === script);
  }

  async mark(applied: Applied): Promise<void> {
    await this.memory.update(KEY, [...this.table(), applied].slice(-MOST));
  }

  /** A run that started at `start` measures what was written before. Gives what it measures. */
  async take(script: string, start: number): Promise<readonly Applied[]> {
    const measured = this.of(script).filter(({ at }) => at <= start);
    if (measured.length > 0)
      await this.memory.update(
        KEY,
        this.table().filter((one) => !measured.includes(one)),
      );
    return measured;
  }

  /**
   * The document's advice is one change at a time: says so when there is one already that was not measured.
   * @returns whether to go on
   */
  async mayAdd(script: string): Promise<boolean> {
    const before = this.of(script).at(-1);
    if (!before) return true;
    const go = l10n.t('Apply Anyway');
    const text = l10n.t(
      'Fitcheck: "{0}" was applied and no training has measured it yet. With a second change the effect of neither can be told: add one at a time.',
      before.title,
    );
    return (await this.ask(text, go)) === go;
  }

  private table(): readonly Applied[] {
    return this.memory.get<readonly Applied[]>(KEY, []);
  }
}
