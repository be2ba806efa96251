import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { escaped } from '../../engine/markdown';
import { listed } from '../../listed';
import type { RunSummary } from '../../protocol';
import type { StreamMeta } from '../../streams/meta';
import { commands } from '../ids';
import { stateWord, verdictWord } from '../words';
import { descriptionOf, iconOf, tooltipRows } from './rows';

/** How the view has a run besides what is known of it. */
export interface RowState {
  muted: boolean;
  checked: boolean;
  /** What it is called in the list. */
  label: string;
  /** What is known of it where it is the output of a program and not a log. */
  stream: StreamMeta | undefined;
  /** ms since 1970. */
  now: number;
}

/** A run as a line of the view. */
export function runItem(run: RunSummary, { label, muted, checked, stream, now }: RowState): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  const { icon, colour } = iconOf(run);
  const verdict = verdictWord(run, l10n.t('not analysed yet'));
  item.id = run.id;
  // The colours of version control are for files of the workspace.
  if (!stream) item.resourceUri = vscode.Uri.file(run.path);
  item.description = descriptionOf(run, muted, now, stream?.source);
  item.tooltip = tooltip(run, stream);
  // What is muted asks for nothing: its icon says what is the matter, without the colour.
  const shade = muted ? 'disabledForeground' : colour;
  item.iconPath = new vscode.ThemeIcon(icon, shade === null ? undefined : new vscode.ThemeColor(shade));
  item.contextValue = `${stream ? 'stream' : 'run'}${muted ? '.muted' : ''}`;
  item.command = { command: commands.showRun, title: l10n.t('Show Run'), arguments: [run] };
  item.accessibilityInformation = { label: listed([run.title, verdict, stateWord(run.state)]) };
  item.checkboxState = {
    state: checked ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
    tooltip: checked ? l10n.t('Chosen to be compared') : l10n.t('Choose to compare'),
    accessibilityInformation: { label: l10n.t('Compare {0}', run.title) },
  };
  return item;
}

/** Names and paths come from outside: they are shown as text, and nothing in them is markup or a link. */
function tooltip(run: RunSummary, stream: StreamMeta | undefined): vscode.MarkdownString {
  const rows = tooltipRows(run, stream).map(([name, text]) => l10n.t('**{0}:** {1}', name, escaped(text)));
  return new vscode.MarkdownString([`**${escaped(run.title)}**`, ...rows].join('  \n'));
}
