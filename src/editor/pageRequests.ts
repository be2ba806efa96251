import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FromWebview } from '../protocol';
import { saveCsv, savePicture } from './exports';
import type { Panel, PanelServices } from './panel';
import { showRemedyPage } from './remedyPage';
import { revealLine } from './revealLine';
import { say } from './say';

/** What a page asks the rest of the extension for; what it asks of its run the panel answers. */
type Request = Exclude<FromWebview, { type: 'ready' | 'detail' }>;

/** Does what the page of a panel asks for. Returns at once; what goes wrong is told to the user. */
export function answer(message: Request, panel: Panel, services: PanelServices): void {
  const { fixes, dismissals } = services;
  switch (message.type) {
    case 'reveal':
      return void reveal(message, panel);
    case 'fix':
      return void fixes.apply(message.technique, message.kind, panel.path);
    case 'preview':
      return void fixes.preview(message.technique, message.kind, panel.path);
    case 'learn':
      return void showRemedyPage(services.extensionUri, message.technique);
    case 'format':
      return void chooseFormat(panel, services);
    case 'stop':
      return panel.stopReading();
    case 'choose':
      return services.choose(panel);
    case 'dismiss':
      return void dismissals.dismiss(panel.runPath, { id: message.id, reason: message.reason });
    case 'restore':
      return void dismissals.restore(panel.runPath, message.id);
    case 'picture':
      return void savePicture(panel.path, message.metric, message.kind, message.data);
    case 'csv':
      if (panel.runId !== null)
        void saveCsv(services.engine, panel.path, message.metric, [panel.runId, ...panel.comparison.ids]);
      return;
    case 'copied':
      return copied(message.worked);
    case 'compare':
      return services.compare(panel);
    case 'compareBefore':
      return void compareBefore(panel, services);
    case 'uncompare':
      return void panel.comparison.remove(message.path);
    default:
      return message satisfies never;
  }
}

async function reveal({ line, id, file }: Extract<Request, { type: 'reveal' }>, panel: Panel): Promise<void> {
  const path = panel.fileOf(id, file);
  if (path !== null) await revealLine(path, line);
}

async function chooseFormat(panel: Panel, { formats }: PanelServices): Promise<void> {
  if (await formats.ask(panel.path)) await panel.open(panel.path);
}

function copied(worked: boolean): void {
  if (worked) vscode.window.setStatusBarMessage(l10n.t('Fitcheck: chart copied'), 3000);
  else
    void say.info(l10n.t('Fitcheck: the clipboard takes no pictures here; save the chart as PNG instead.'));
}

async function compareBefore(panel: Panel, { experiments }: PanelServices): Promise<void> {
  const since = await experiments.since(panel.runPath);
  if (since?.before === panel.runPath)
    void say.info(
      l10n.t('Fitcheck: the run before was written into the same log, which holds the latest one only.'),
    );
  else if (since) await panel.comparison.set([...new Set([...panel.comparison.paths, since.before])]);
}
