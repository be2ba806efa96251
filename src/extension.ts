import { join } from 'node:path';
import type * as vscode from 'vscode';
import { pickLog, registerCommands } from './editor/commands';
import { Dismissals } from './editor/dismissals';
import { EngineService } from './editor/engineService';
import { Fixes } from './editor/fixes';
import { FormatChoice } from './editor/formatChoice';
import { BackendInstaller } from './editor/installBackend';
import { installedTfjsNode } from './editor/installedBackend';
import { ConfigHints } from './editor/configHints';
import { ConfigTrainings } from './editor/configTrainings';
import { Lint } from './editor/lint';
import { LintProjects } from './editor/lintProjects';
import { LintStatus } from './editor/lintStatus';
import { WorkspaceLint } from './editor/workspaceLint';
import { Notifier } from './editor/notifier';
import { createOutput } from './editor/output';
import { Panels } from './editor/panels';
import { RunsView } from './editor/runsView';
import { RunWatch } from './editor/runWatch';
import { registerScriptActions } from './editor/scriptActions';
import { StatusBar } from './editor/statusBar';
import { CellStatus } from './editor/streams/cellStatus';
import { followDebugConsoles } from './editor/streams/debugConsoles';
import { NotebookCells } from './editor/streams/notebookCells';
import { ScriptFinder } from './editor/streams/scriptFinder';
import { Streams } from './editor/streams/streams';
import { Terminals } from './editor/streams/terminals';
import { TrainingKinds } from './editor/trainingKinds';

/** What other extensions and the tests may use. */
export interface FitcheckApi {
  /** Shows the run at a path (log file or folder) in a panel. */
  open(path: string): void;
  /** For the project's own tests. */
  readonly _private: {
    readonly engine: EngineService;
    readonly panels: Panels;
    readonly installer: BackendInstaller;
    readonly formats: FormatChoice;
    readonly dismissals: Dismissals;
    readonly streams: Streams;
    readonly cellStatus: CellStatus;
    readonly kinds: TrainingKinds;
  };
}

let flush: () => Promise<void> = () => Promise.resolve();

/** Writes what outputs have come so far: the window is closed or reloaded. */
export function deactivate(): Promise<void> {
  return flush();
}

/** Builds the services and registers them; nothing heavy is loaded before it is used. */
export function activate(context: vscode.ExtensionContext): FitcheckApi {
  const output = createOutput();
  const script = context.asAbsolutePath(join('dist', 'engine.js'));
  const dismissals = new Dismissals(context.workspaceState);
  const folder = Streams.folderOf(context);
  const engine = new EngineService(
    script,
    output,
    () => installedTfjsNode(context),
    (run) => dismissals.heed(run),
    folder,
  );
  const streams = new Streams(folder, engine, output);
  const cellStatus = new CellStatus(streams, engine);
  const finder = new ScriptFinder();
  flush = () => streams.flush();
  const installer = new BackendInstaller(context, engine, output);
  const statusBar = new StatusBar(engine);
  const fixes = new Fixes(output);
  const projects = new LintProjects(engine, output);
  const lint = new Lint(output, projects);
  const trainings = new ConfigTrainings(projects);
  const { extensionUri } = context;
  const formats = new FormatChoice(context.workspaceState);
  const kinds = new TrainingKinds(projects, trainings, output);
  const services = { engine, fixes, output, formats, dismissals, kinds, extensionUri };
  const panels = new Panels(services, pickLog, () => statusBar.hide());
  context.subscriptions.push(
    output,
    dismissals,
    dismissals.onDidChange(() => engine.heedAnew()),
    engine,
    installer,
    fixes,
    statusBar,
    panels,
    streams,
    new Terminals(streams, finder),
    followDebugConsoles(streams, finder),
    new NotebookCells(streams),
    cellStatus,
    new RunsView(engine),
    new RunWatch(engine, panels),
    new Notifier(engine, panels),
    projects,
    lint,
    new WorkspaceLint(lint, projects, output),
    new ConfigHints(trainings),
    new LintStatus(trainings, output),
    registerScriptActions(),
    registerCommands({ context, engine, installer, panels, kinds, output }),
  );
  return {
    open: (path) => void panels.show(path),
    _private: { engine, panels, installer, formats, dismissals, streams, cellStatus, kinds },
  };
}
