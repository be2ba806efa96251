import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import * as vscode from 'vscode';
import {
  blocksOf,
  grown,
  readError,
  readMimes,
  type CellBlock,
  type CellOutput,
} from '../../streams/cellText';
import type { StreamEnd } from '../../streams/meta';
import { readSettings } from '../settings';
import type { LiveStream } from './liveStream';
import type { Streams } from './streams';

/** Outputs that grow are read this often (ms): each time, all of them. */
const LOOK = 400;
/** More of one output is not read (bytes). */
const MOST = 2 << 20;
/** Without one of these words a cell trains nothing. */
const telling = /train|fit|epoch|loss|step|learn|optim|iter/i;
const ERROR = 'application/vnd.code.notebook.error';

interface Followed {
  stream: LiveStream | null;
  blocks: CellBlock[];
  timer: NodeJS.Timeout | null;
  /** Which execution has been followed to its end. */
  done: string | null;
}

/** Follows the outputs of notebook cells while they run. */
export class NotebookCells implements vscode.Disposable {
  private readonly cells = new Map<vscode.NotebookCell, Followed>();
  private readonly store: vscode.Disposable[];

  constructor(private readonly streams: Streams) {
    this.store = [
      vscode.workspace.onDidChangeNotebookDocument(({ cellChanges, contentChanges }) => {
        for (const { cell, outputs, executionSummary } of cellChanges)
          // At the end at once: the cell may be run again a moment later, which is another run.
          if (executionSummary?.success !== undefined) this.lookWithin(cell, 0);
          else if (outputs !== undefined || executionSummary !== undefined) this.lookWithin(cell, LOOK);
        for (const { removedCells } of contentChanges) removedCells.forEach((cell) => this.forget(cell));
      }),
      vscode.workspace.onDidCloseNotebookDocument((notebook) => {
        notebook.getCells().forEach((cell) => this.forget(cell));
      }),
    ];
  }

  dispose(): void {
    for (const { timer } of this.cells.values()) if (timer) clearTimeout(timer);
    for (const item of this.store) item.dispose();
  }

  /** Looks at a cell after so long at most (ms); within 0 at once. */
  private lookWithin(cell: vscode.NotebookCell, wait: number): void {
    if (cell.kind !== vscode.NotebookCellKind.Code || !readSettings.followOutput()) return;
    const known = this.cells.get(cell) ?? { stream: null, blocks: [], timer: null, done: null };
    this.cells.set(cell, known);
    const look = (): void => {
      if (known.timer) clearTimeout(known.timer);
      known.timer = null;
      this.look(cell, known);
    };
    if (wait === 0) look();
    else known.timer ??= setTimeout(look, wait);
  }

  private look(cell: vscode.NotebookCell, known: Followed): void {
    const execution = executionOf(cell);
    if (cell.outputs.length === 0) known.done = null;
    if (!known.stream) {
      const next =
        cell.outputs.length > 0 && known.done !== execution && telling.test(cell.document.getText());
      if (!next) return;
      known.stream = this.open(cell);
      known.blocks = [];
    }
    const blocks = blocksOf(cell.outputs.map(read));
    known.stream.push(grown(known.blocks, blocks));
    known.blocks = blocks;
    const how = endOf(cell);
    if (how === null) return;
    void known.stream.end({ how });
    known.stream = null;
    known.done = execution;
  }

  private open(cell: vscode.NotebookCell): LiveStream {
    const { notebook, document, index } = cell;
    const label = l10n.t('{0} cell {1}', basename(notebook.uri.path), index + 1);
    return this.streams.open({
      source: 'notebook',
      label,
      cwd: null,
      script: null,
      configs: [],
      notebook: { uri: notebook.uri.toString(), cell: document.uri.toString() },
    });
  }

  private forget(cell: vscode.NotebookCell): void {
    const known = this.cells.get(cell);
    this.cells.delete(cell);
    if (known?.timer) clearTimeout(known.timer);
    void known?.stream?.end({ how: null });
  }
}

/** Which run of the cell this is, as far as the notebook tells. */
function executionOf({ executionSummary }: vscode.NotebookCell): string {
  return `${executionSummary?.executionOrder} ${executionSummary?.timing?.startTime}`;
}

/** How the cell's run ended; null while it goes on. */
function endOf({ executionSummary, outputs }: vscode.NotebookCell): StreamEnd | null {
  const { success, timing } = executionSummary ?? {};
  if (success === true) return 'finished';
  if (success === undefined) return (timing?.endTime ?? 0) > 0 ? 'stopped' : null;
  const error = outputs.flatMap(({ items }) => items).find(({ mime }) => mime === ERROR);
  return error && readError(textOf(error)).name !== 'KeyboardInterrupt' ? 'crashed' : 'stopped';
}

function read({ items }: vscode.NotebookCellOutput): CellOutput {
  return items
    .filter(({ mime }) => readMimes.has(mime))
    .map((item) => ({ mime: item.mime, text: textOf(item) }));
}

function textOf({ data }: vscode.NotebookCellOutputItem): string {
  return new TextDecoder().decode(data.subarray(0, MOST));
}
