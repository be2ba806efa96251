import * as vscode from 'vscode';

const URI_LIST = 'text/uri-list';

/** Files and folders that are dropped onto the view are opened; nothing is dragged out of it. */
export class LogDrop<T> implements vscode.TreeDragAndDropController<T> {
  readonly dropMimeTypes = [URI_LIST];
  readonly dragMimeTypes: string[] = [];

  constructor(private readonly open: (paths: string[]) => void) {}

  async handleDrop(_target: T | undefined, data: vscode.DataTransfer): Promise<void> {
    const list = (await data.get(URI_LIST)?.asString()) ?? '';
    const paths = pathsIn(list);
    if (paths.length > 0) this.open(paths);
  }
}

/** The paths in a list of addresses, one a line; lines that begin with `#` are remarks (RFC 2483). */
function pathsIn(list: string): string[] {
  return list
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => vscode.Uri.parse(line))
    .filter(({ scheme }) => scheme === 'file' || scheme === 'vscode-remote')
    .map(({ fsPath }) => fsPath);
}
