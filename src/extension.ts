import { join } from 'node:path';
import type * as vscode from 'vscode';
import { pickLog, registerCommands } from './editor/commands';
import { ConfigLint } from './editor/configLint';
import { EngineService } from './editor/engineService';
import { Fixes } from './editor/fixes';
import { Notifier } from './editor/notifier';
import { createOutput } from './editor/output';
import { Panels } from './editor/panels';
import { RunsView } from './editor/runsView';
import { RunWatch } from './editor/runWatch';
import { registerScriptActions } from './editor/scriptActions';
import { StatusBar } from './editor/statusBar';

/** What other extensions and the tests may use. */
export interface FitcheckApi {
  /** Shows the run at a path (log file or folder) in a panel. */
  open(path: string): void;
  /** For the project's own tests. */
  readonly _private: { readonly engine: EngineService; readonly panels: Panels };
}

/** Builds the services and registers them; nothing heavy is loaded before it is used. */
export function activate(context: vscode.ExtensionContext): FitcheckApi {
  const output = createOutput();
  const engine = new EngineService(context.asAbsolutePath(join('dist', 'engine.js')), output);
  const statusBar = new StatusBar(engine);
  const fixes = new Fixes(output);
  const { extensionUri } = context;
  const panels = new Panels({ engine, fixes, output, extensionUri }, pickLog, () => statusBar.hide());
  context.subscriptions.push(
    output,
    engine,
    fixes,
    statusBar,
    panels,
    new RunsView(engine),
    new RunWatch(engine, panels),
    new Notifier(engine, panels),
    new ConfigLint(output),
    registerScriptActions(),
    registerCommands({ context, engine, panels, output }),
  );
  return { open: (path) => void panels.show(path), _private: { engine, panels } };
}
