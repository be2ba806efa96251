import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { pickLog, registerCommands } from './editor/commands';
import { Dismissals } from './editor/dismissals';
import { EngineService } from './editor/engineService';
import { Fixes } from './editor/fixes';
import { FormatChoice } from './editor/formatChoice';
import { Experiments } from './editor/ledger/experiments';
import { BackendInstaller } from './editor/installBackend';
import { installedTfjsNode } from './editor/installedBackend';
import { ConfigHints } from './editor/configHints';
import { ConfigTrainings } from './editor/configTrainings';
import { Lint } from './editor/lint';
import { LintProjects } from './editor/lintProjects';
import { LintStatus } from './editor/lintStatus';
import { WorkspaceLint } from './editor/workspaceLint';
import { registerDiagnoseTool } from './editor/diagnoseTool';
import { registerLogEditor } from './editor/logEditor';
import { Notifier } from './editor/notifier';
import { createOutput } from './editor/output';
import { PageReader } from './editor/pageFiles';
import { Panels } from './editor/panels';
import { Mutes } from './editor/runs/mutes';
import { Previews } from './editor/previews';
import { RunConfigs } from './editor/runConfigs';
import { RunsView } from './editor/runs/runsView';
import { Starts } from './editor/runs/starts';
import { RunWatch } from './editor/runWatch';
import { registerScriptActions } from './editor/scriptActions';
import { say } from './editor/say';
import { RunDiagnostics } from './editor/scripts/runDiagnostics';
import { registerRunActions } from './editor/scripts/runActions';
import { RunScripts } from './editor/scripts/runScripts';
import { ScriptRuns } from './editor/scripts/scriptRuns';
import { TrainingLens } from './editor/scripts/trainingLens';
import { StatusBar } from './editor/statusBar';
import { CellStatus } from './editor/streams/cellStatus';
import { followDebugConsoles } from './editor/streams/debugConsoles';
import { NotebookCells } from './editor/streams/notebookCells';
import { ScriptFinder } from './editor/streams/scriptFinder';
import { ShellHint } from './editor/streams/shellHint';
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
    readonly scripts: RunScripts;
    readonly fixes: Fixes;
    readonly previews: Previews;
    readonly cellStatus: CellStatus;
    readonly experiments: Experiments;
    readonly mutes: Mutes;
    readonly view: RunsView;
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
  const { bundle } = vscode.l10n;
  if (bundle) l10n.config({ contents: bundle });
  const output = createOutput();
  const script = context.asAbsolutePath(join('dist', 'engine.js'));
  const dismissals = new Dismissals(context.workspaceState);
  const formats = new FormatChoice(context.workspaceState);
  const folder = Streams.folderOf(context);
  const engine = new EngineService(
    script,
    output,
    () => installedTfjsNode(context),
    {
      heed: (run) => dismissals.heed(run),
      endOf: (run) => scripts.endOf(run),
      formats: () => formats.all,
    },
    folder,
  );
  const streams = new Streams(folder, engine, output);
  const scripts: RunScripts = new RunScripts(context.workspaceState, streams, engine);
  const experiments = new Experiments(
    context,
    { engine, streams, scripts, output },
    (paths) => void panels.compare(paths),
  );
  const cellStatus = new CellStatus(streams, engine);
  const finder = new ScriptFinder();
  flush = () => streams.flush();
  const installer = new BackendInstaller(context, engine, output);
  const statusBar = new StatusBar(
    engine,
    (run) => panels.has(run.id) || streams.live.has(run.path),
    () => panels.activeRun,
  );
  const projects = new LintProjects(engine, output);
  const lint = new Lint(output, projects);
  const trainings = new ConfigTrainings(projects);
  const previews = new Previews(output);
  const configs = new RunConfigs(projects, trainings, streams);
  const fixes = new Fixes(output, scripts, experiments, configs, previews);
  const { extensionUri } = context;
  const kinds = new TrainingKinds(projects, trainings, scripts, output);
  const page = new PageReader(context.extensionPath);
  const panels: Panels = new Panels(
    { engine, fixes, output, formats, dismissals, kinds, experiments, extensionUri, page },
    streams,
    pickLog,
    () => statusBar.update(),
  );
  const mutes = new Mutes(context.workspaceState);
  const view = new RunsView({
    engine,
    mutes,
    streams,
    memory: context.workspaceState,
    outputOf: (log) => scripts.outputOf(log),
    open: (paths) => paths.forEach((path) => panels.show(path)),
  });
  const scriptRuns = new ScriptRuns(engine, scripts);
  const runDiagnostics = new RunDiagnostics(
    scriptRuns,
    (path) => (scripts.spanOf(path) ?? experiments.store.get(path))?.start,
  );
  context.subscriptions.push(
    output,
    dismissals,
    formats,
    formats.onDidChange(() => engine.reconfigure()),
    dismissals.onDidChange(() => engine.heedAnew()),
    engine,
    installer,
    previews,
    fixes,
    statusBar,
    panels,
    streams,
    scripts,
    experiments,
    new Terminals(streams, finder),
    followDebugConsoles(streams, finder),
    new NotebookCells(streams),
    cellStatus,
    new ShellHint(context.globalState, say.info),
    mutes,
    view,
    new RunWatch(engine, panels, new Starts(context.workspaceState, (log) => scripts.outputOf(log))),
    new Notifier({ engine, panels, mutes, memory: context.workspaceState }),
    projects,
    lint,
    new WorkspaceLint(lint, projects, output),
    new ConfigHints(trainings),
    new LintStatus(trainings, output),
    registerScriptActions(experiments),
    scriptRuns,
    new TrainingLens(scriptRuns),
    runDiagnostics,
    registerLogEditor(panels),
    registerDiagnoseTool({ engine, kinds, dismissals }),
    registerRunActions(runDiagnostics, dismissals),
    registerCommands({
      context,
      engine,
      installer,
      panels,
      streams,
      mutes,
      view,
      scripts,
      experiments,
      kinds,
      dismissals,
      previews,
      output,
    }),
  );
  return {
    open: (path) => void panels.show(path),
    _private: {
      engine,
      panels,
      installer,
      formats,
      dismissals,
      streams,
      scripts,
      fixes,
      previews,
      cellStatus,
      experiments,
      mutes,
      view,
      kinds,
    },
  };
}
