import * as vscode from 'vscode';
import type { RunSummary } from '../protocol';
import type { EngineService } from './engineService';
import { commands } from './ids';
import type { BackendInstaller } from './installBackend';
import type { Panels } from './panels';
import { Reports } from './reports';
import { SampleTraining } from './sampleTraining';
import { say } from './say';
import type { TrainingKinds } from './trainingKinds';

export interface CommandServices {
  context: vscode.ExtensionContext;
  engine: EngineService;
  installer: BackendInstaller;
  panels: Panels;
  kinds: TrainingKinds;
  output: vscode.LogOutputChannel;
}

/** Registers every command; each works from the palette, a menu and another extension alike. */
export function registerCommands(services: CommandServices): vscode.Disposable {
  const { context, engine, installer, panels, kinds, output } = services;
  const sample = new SampleTraining(context, output);
  const reports = new Reports(engine, kinds, () => panels.activePath);
  const guarded =
    (work: (...args: unknown[]) => unknown) =>
    async (...args: unknown[]) => {
      try {
        await work(...args);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        output.error(error instanceof Error ? error : message);
        void say.error(`Fitcheck: ${message}`);
      }
    };
  const table: Record<string, (...args: unknown[]) => unknown> = {
    [commands.openLog]: async (target, selection) => {
      for (const path of await logsToOpen(target, selection)) panels.show(path);
    },
    [commands.showRun]: async (run) => {
      const path = pathOfRun(run);
      if (path !== null) panels.show(path);
      else for (const chosen of await logsToOpen(undefined, undefined)) panels.show(chosen);
    },
    [commands.compareRuns]: (target, selection) => panels.compare(pathsOf(target, selection)),
    [commands.refreshRuns]: () => engine.refresh(),
    [commands.trainSample]: async () => panels.show(await sample.start()),
    [commands.showOutput]: () => output.show(),
    [commands.restartEngine]: () => engine.restart(),
    [commands.installBackend]: (variant) => installer.command(variant),
    [commands.copySummary]: async (run) => {
      const reported = await reports.of(run);
      if (reported) await reports.copy(reported);
    },
    [commands.showReport]: async (run) => {
      const reported = await reports.of(run);
      if (reported) await reports.show(reported);
    },
    [commands.copyInfo]: () => vscode.env.clipboard.writeText(info(context, engine)),
  };
  const registered = Object.entries(table).map(([id, work]) =>
    vscode.commands.registerCommand(id, guarded(work)),
  );
  return vscode.Disposable.from(sample, ...registered);
}

/** A file dialog for logs; several kinds have no ending of their own, so all files can be picked. */
export async function pickLog(): Promise<vscode.Uri | undefined> {
  const [picked] =
    (await vscode.window.showOpenDialog({
      title: 'Open Training Log',
      openLabel: 'Open Log',
      canSelectFiles: true,
      canSelectFolders: false,
    })) ?? [];
  return picked;
}

async function logsToOpen(target: unknown, selection: unknown): Promise<string[]> {
  const paths = pathsOf(target, selection);
  if (paths.length > 0) return paths;
  const picked = await pickLog();
  return picked ? [picked.fsPath] : [];
}

/** The paths of what a menu or another extension gives: files, runs, paths, or a list of them. */
function pathsOf(target: unknown, selection: unknown): string[] {
  const all = [selection, target].find((one) => Array.isArray(one) && one.length > 0) ?? [target];
  return (all as unknown[]).flatMap((one) =>
    one instanceof vscode.Uri ? [one.fsPath] : typeof one === 'string' ? [one] : (pathOfRun(one) ?? []),
  );
}

function pathOfRun(run: unknown): string | null {
  const path = (run as Partial<RunSummary> | null | undefined)?.path;
  return typeof path === 'string' ? path : null;
}

function info(context: vscode.ExtensionContext, engine: EngineService): string {
  const { version } = context.extension.packageJSON as { version: string };
  return [
    `Fitcheck ${version}, VS Code ${vscode.version}, ${process.platform} ${process.arch}, Node ${process.version}`,
    `engine: ${engine.pid === null ? 'not running' : 'running'}, runs known: ${engine.runs.length}`,
    `backend: ${engine.backendInfo}`,
    `remote: ${vscode.env.remoteName ?? 'no'}, trusted: ${vscode.workspace.isTrusted}`,
  ].join('\n');
}
