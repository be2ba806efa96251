import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { translated } from '../translated';
import { readSettings } from './settings';

/** Key in the workspace's memory: path of a log -> id of the format that the user says it has. */
const KEY = 'fitcheck.readAs';

/** The formats that the user has said logs have, remembered for the workspace. */
export class FormatChoice implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  /** A log is to be read as something else. */
  readonly onDidChange = this.change.event;

  constructor(private readonly memory: vscode.Memento) {}

  /** The id of the format that a log is to be read as; undefined where it is recognised. */
  of(path: string): string | undefined {
    const id = this.table()[path];
    // A format of the user's own may be gone from the settings.
    if (id?.startsWith('custom:') && !Object.hasOwn(readSettings.customFormats(), id.slice('custom:'.length)))
      return undefined;
    return id;
  }

  /** The ids of all that was chosen, by the paths of the logs. */
  get all(): Readonly<Record<string, string>> {
    const paths = Object.keys(this.table());
    return Object.fromEntries(paths.flatMap((path) => (this.of(path) ? [[path, this.of(path)!]] : [])));
  }

  /** Asks what a log is to be read as. @returns whether it is another format than before */
  async ask(path: string): Promise<boolean> {
    const { formats } = await import('../formats/registry');
    const before = this.of(path);
    const own = Object.keys(readSettings.customFormats()).map((name) => ({
      id: `custom:${name}`,
      title: l10n.t('{0} (your own format)', name),
    }));
    const known = formats.map(({ id, title }) => ({ id, title: translated(title) }));
    const items = [{ id: undefined, title: l10n.t('What it is recognised as') }, ...own, ...known].map(
      ({ id, title }) => ({
        label: title,
        description: id === before ? l10n.t('current') : '',
        id,
      }),
    );
    const picked = await vscode.window.showQuickPick(items, {
      title: l10n.t('Read this log as'),
      matchOnDescription: true,
    });
    if (!picked || picked.id === before) return false;
    await this.remember(path, picked.id);
    return true;
  }

  async remember(path: string, id: string | undefined): Promise<void> {
    const others = Object.entries(this.table()).filter(([known]) => known !== path);
    await this.memory.update(KEY, Object.fromEntries(id === undefined ? others : [...others, [path, id]]));
    this.change.fire();
  }

  dispose(): void {
    this.change.dispose();
  }

  private table(): Record<string, string> {
    return this.memory.get<Record<string, string>>(KEY, {});
  }
}
