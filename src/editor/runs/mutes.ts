import * as vscode from 'vscode';

/** Key in the workspace's memory: paths of the runs of which the user wants to hear no more, the newest last. */
const KEY = 'fitcheck.muted';
/** Runs that are remembered; the oldest are forgotten. */
const MOST_RUNS = 500;

/** The runs that are muted: no notification tells of them, and the badge leaves them out. */
export class Mutes implements vscode.Disposable {
  private readonly change = new vscode.EventEmitter<void>();
  readonly onDidChange = this.change.event;

  constructor(private readonly memory: vscode.Memento) {}

  get all(): readonly string[] {
    return this.memory.get<string[]>(KEY, []);
  }

  has(path: string): boolean {
    return this.all.includes(path);
  }

  async mute(paths: readonly string[]): Promise<void> {
    const others = this.all.filter((path) => !paths.includes(path));
    await this.memory.update(KEY, [...others, ...paths].slice(-MOST_RUNS));
    this.change.fire();
  }

  async unmute(paths: readonly string[]): Promise<void> {
    await this.memory.update(
      KEY,
      this.all.filter((path) => !paths.includes(path)),
    );
    this.change.fire();
  }

  dispose(): void {
    this.change.dispose();
  }
}
