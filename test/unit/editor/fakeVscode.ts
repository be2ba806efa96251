/** What of VS Code the services under test touch: `vi.mock('vscode', () => import('./fakeVscode'))`. */
export class EventEmitter<T> {
  private readonly listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void): { dispose: () => void } => {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  };
  fire = (value: T): void => this.listeners.forEach((listener) => listener(value));
  dispose = (): void => this.listeners.clear();
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export const StatusBarAlignment = { Left: 1, Right: 2 };

/** The last status bar item that was made. */
export const statusBar = { text: '', isShown: false };

export const window = {
  createStatusBarItem: () => ({
    set text(text: string) {
      statusBar.text = text;
    },
    show: () => (statusBar.isShown = true),
    hide: () => (statusBar.isShown = false),
    dispose: () => undefined,
  }),
};

export const Uri = {
  file: (fsPath: string) => ({ scheme: 'file', fsPath, path: fsPath, toString: () => `file://${fsPath}` }),
};

export const workspace = {
  notebookDocuments: [],
  textDocuments: [],
  getWorkspaceFolder: () => undefined,
  asRelativePath: (uri: { path: string }) => uri.path,
};
