import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Dismissals } from './dismissals';
import type { EngineService } from './engineService';
import { commands } from './ids';
import type { Experiments } from './ledger/experiments';
import type { BackendInstaller } from './installBackend';
import { openSample } from './openSample';
import type { Panels } from './panels';
import { pickRun } from './pickRuns';
import type { Previews } from './previews';
import { Reports } from './reports';
import type { Mutes } from './runs/mutes';
import { runCommands } from './runs/runCommands';
import type { RunsView } from './runs/runsView';
import { SampleTraining } from './sampleTraining';
import type { RunScripts } from './scripts/runScripts';
import { say } from './say';
import { saveStream } from './streams/saveStream';
import type { Streams } from './streams/streams';
import { pathsOf } from './targets';
import type { TrainingKinds } from './trainingKinds';

export interface CommandServices {
  context: vscode.ExtensionContext;
  engine: EngineService;
  installer: BackendInstaller;
  panels: Panels;
  streams: Streams;
  experiments: Experiments;
  mutes: Mutes;
  view: RunsView;
  scripts: RunScripts;
  kinds: TrainingKinds;
  dismissals: Dismissals;
  previews: Previews;
  output: vscode.LogOutputChannel;
}

/** Registers every command; each works from the palette, a menu and another extension alike. */
export function registerCommands(services: CommandServices): vscode.Disposable {
  const { context, engine, installer, panels, streams, experiments, previews, output } = services;
  const sample = new SampleTraining(context, output);
  const reports = new Reports(services, () => panels.activePath);
  const guarded =
    (work: (...args: unknown[]) => unknown) =>
    async (...args: unknown[]) => {
      try {
        await work(...args);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        output.error(error instanceof Error ? error : message);
        void say.error(l10n.t('Fitcheck: {0}', message));
      }
    };
  const table: Record<string, (...args: unknown[]) => unknown> = {
    [commands.openLog]: async (target, selection) => {
      for (const path of await logsToOpen(target, selection)) panels.show(path);
    },
    [commands.showRun]: async (target, selection) => {
      const paths = pathsOf(target, selection);
      const chosen = paths.length > 0 ? paths : await pickRun(engine, l10n.t('Show a run'));
      for (const path of chosen) panels.show(path);
    },
    [commands.applyPreview]: (target) => previews.apply(target),
    [commands.discardPreview]: (target) => previews.discard(target),
    [commands.compareRuns]: (target, selection) => panels.compare(pathsOf(target, selection)),
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
    [commands.saveStream]: async (run) => {
      const path = pathsOf(run, undefined)[0] ?? panels.activePath;
      if (path !== null && streams.metaOf(path)) await saveStream(path, streams);
      else void say.info(l10n.t('Fitcheck: open a run of a terminal, a debug console or a notebook first.'));
    },
    ...experiments.commands(),
    ...runCommands(services),
    [commands.openSample]: (which) => openSample(context, panels, which),
    [commands.reportIssue]: () => reportIssue(context, engine),
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
      title: l10n.t('Open Training Log'),
      openLabel: l10n.t('Open Log'),
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

/** VS Code's own dialog, filled in as far as we can; nothing is sent before the user does. */
async function reportIssue(context: vscode.ExtensionContext, engine: EngineService): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openIssueReporter', {
    extensionId: context.extension.id,
    issueTitle: '',
    issueBody: l10n.t('What did you do, what happened, and what did you expect? Which kind of log was it?'),
    data: info(context, engine),
  });
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
