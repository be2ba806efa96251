const { spawn } = require('node:child_process');
const { dirname } = require('node:path');
const vscode = require('vscode');

/** Runs a cell in a process of its own; its output grows as the process prints. */
async function execute(controller, cell) {
  const execution = controller.createNotebookCellExecution(cell);
  execution.start(Date.now());
  const output = new vscode.NotebookCellOutput([]);
  await execution.clearOutput();
  await execution.appendOutput(output);
  const cwd = dirname(cell.notebook.uri.fsPath);
  const python = spawn('python3', ['-u', '-c', cell.document.getText()], { cwd });
  let text = '';
  const show = (chunk) => {
    text += chunk;
    void execution.replaceOutputItems(vscode.NotebookCellOutputItem.stdout(text), output);
  };
  python.stdout.on('data', show);
  python.stderr.on('data', show);
  python.once('close', (code) => execution.end(code === 0, Date.now()));
}

exports.activate = (context) => {
  const controller = vscode.notebooks.createNotebookController('python', 'jupyter-notebook', 'Python 3');
  controller.executeHandler = (cells) => cells.forEach((cell) => void execute(controller, cell));
  context.subscriptions.push(
    controller,
    vscode.workspace.onDidOpenNotebookDocument((notebook) =>
      controller.updateNotebookAffinity(notebook, vscode.NotebookControllerAffinity.Preferred),
    ),
  );
  for (const notebook of vscode.workspace.notebookDocuments)
    controller.updateNotebookAffinity(notebook, vscode.NotebookControllerAffinity.Preferred);
};
