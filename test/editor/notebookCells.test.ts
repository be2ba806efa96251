import { equal, ok } from 'node:assert';
import * as vscode from 'vscode';
import { afterwards, api, until } from './support';

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** A notebook in an editor, whose cells a controller of ours runs. */
async function notebookWith(
  source: string,
  run: (execution: vscode.NotebookCellExecution) => Promise<void>,
): Promise<vscode.NotebookCell> {
  const data = new vscode.NotebookData([
    new vscode.NotebookCellData(vscode.NotebookCellKind.Code, source, 'python'),
  ]);
  const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
  await vscode.window.showNotebookDocument(notebook);
  let order = 0;
  const controller = vscode.notebooks.createNotebookController(
    'fitcheck-test',
    'jupyter-notebook',
    'Test',
    undefined,
  );
  afterwards(() => controller.dispose());
  controller.supportsExecutionOrder = true;
  controller.executeHandler = async (cells) => {
    for (const cell of cells) {
      const execution = controller.createNotebookCellExecution(cell);
      execution.executionOrder = ++order;
      execution.start(Date.now());
      await execution.clearOutput();
      await run(execution);
    }
  };
  controller.updateNotebookAffinity(notebook, vscode.NotebookControllerAffinity.Preferred);
  return notebook.cellAt(0);
}

const execute = (): Thenable<unknown> =>
  vscode.commands.executeCommand('notebook.cell.execute', { ranges: [{ start: 0, end: 1 }] });
const html = (text: string): vscode.NotebookCellOutput =>
  new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.text(text, 'text/html')]);

/** The table of the Hugging Face Trainer after some epochs of a run that overfits. */
function table(epochs: number): string {
  const rows = Array.from({ length: epochs }, (_, epoch) => {
    const val = epoch <= 10 ? 1 - epoch * 0.04 : 0.6 + (epoch - 10) * 0.03;
    return `<tr><td>${epoch}</td><td>${(1.1 * Math.exp(-epoch / 12)).toFixed(5)}</td><td>${val.toFixed(5)}</td></tr>`;
  });
  return `<div><progress value="1"></progress></div><table border="1"><thead><tr><th>Epoch</th><th>Training Loss</th><th>Validation Loss</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

export function define(): void {
  describe('a training in a notebook', () => {
    it('is a run while its table grows; its verdict stands below the cell', async () => {
      const { engine, streams, cellStatus } = (await api())._private;
      const code = 'from transformers import Trainer\ntrainer = Trainer(model)\ntrainer.train()\n';
      const cell = await notebookWith(code, async (execution) => {
        for (let epochs = 1; epochs <= 30; epochs++) {
          await execution.replaceOutput([html(table(epochs))]);
          await pause(60);
        }
        execution.end(true, Date.now());
      });
      await execute();
      const running = await until('the run', () =>
        engine.runs.find(({ title }) => / cell 1 · notebook$/.test(title)),
      );
      ok(streams.metaOf(running.path)?.notebook?.cell === cell.document.uri.toString());
      const now = (): (typeof engine.runs)[number] => engine.runs.find(({ path }) => path === running.path)!;
      await until('its end', () => now().state === 'finished');
      equal(now().points, 60, 'with its last lines');
      await until('the verdict', () => now().label === 'overfitting');
      const items = (): vscode.NotebookCellStatusBarItem[] => cellStatus.provideCellStatusBarItems(cell);
      await until('the verdict below the cell', () =>
        /overfitting since (epoch|step) 1\d$/.test(items()[0]?.text ?? ''),
      );
      equal(items().length, 1);
      const lenses = await until('the verdict above the loop', async () => {
        const { uri } = cell.document;
        const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
          'vscode.executeCodeLensProvider',
          uri,
          5,
        );
        return /Last run: overfitting since (epoch|step) 1\d$/.test(found[0]?.command?.title ?? '') && found;
      });
      equal(lenses.length, 1);
      equal(lenses[0]!.range.start.line, 2);
    });

    it('ends with its error, and a second run of the cell is another run', async () => {
      const { engine, streams } = (await api())._private;
      let runs = 0;
      const cell = await notebookWith('for epoch in range(30): fit()\n', async (execution) => {
        runs++;
        const output = new vscode.NotebookCellOutput([]);
        await execution.appendOutput(output);
        let text = '';
        for (let epoch = 0; epoch < 20; epoch++) {
          text += `epoch ${epoch} loss ${1 / (epoch + 1)} val_loss ${1 / (epoch + 1)}\n`;
          await execution.replaceOutputItems(vscode.NotebookCellOutputItem.stdout(text), output);
          await pause(20);
        }
        if (runs === 1) {
          const error = Object.assign(new Error('out of data'), {
            name: 'ValueError',
            stack: 'Traceback (most recent call last):\n  line 1\nValueError: out of data',
          });
          await execution.appendOutput(
            new vscode.NotebookCellOutput([vscode.NotebookCellOutputItem.error(error)]),
          );
        }
        execution.end(runs > 1, Date.now());
      });
      const uri = cell.notebook.uri.toString();
      // The notebook of an earlier test may have been called the same.
      const known = new Set(streams.all.map(([path]) => path));
      const fresh = (): (typeof engine.runs)[number][] =>
        engine.runs.filter(({ path }) => !known.has(path) && streams.metaOf(path)?.notebook?.uri === uri);
      await execute();
      await until('its end', () => cell.executionSummary?.success === false);
      // At once: whatever is known of the first by then.
      await execute();
      await until('the second run', () => fresh().some(({ state }) => state === 'finished'));
      await until(
        'both',
        () =>
          fresh()
            .map(({ state }) => state)
            .sort()
            .join() === 'crashed,finished',
      );
    });

    it('that trains nothing leaves nothing behind', async () => {
      const { streams } = (await api())._private;
      const cell = await notebookWith('print(df.head())\n', async (execution) => {
        await execution.replaceOutput([
          html('<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>'),
        ]);
        execution.end(true, Date.now());
      });
      const known = new Set(streams.all.map(([path]) => path));
      await execute();
      await until('its end', () => cell.executionSummary?.success);
      // A stream of it would begin with its output.
      await pause(1_000);
      ok(streams.all.every(([path]) => known.has(path)));
    });
  });
}
