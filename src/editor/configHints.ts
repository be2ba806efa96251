import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Insight } from '../config/insight';
import { pageOf } from '../findings/pages';
import type { ConfigTrainings } from './configTrainings';
import { toRange } from './edits';
import { selector } from './lintedDocuments';
import { readSettings } from './settings';

/** Hovers on the keys of training configs, and the values that they can have where those are few. */
export class ConfigHints implements vscode.Disposable, vscode.HoverProvider, vscode.CompletionItemProvider {
  private readonly store: vscode.Disposable[];

  constructor(private readonly trainings: ConfigTrainings) {
    this.store = [
      vscode.languages.registerHoverProvider([...selector], this),
      vscode.languages.registerCompletionItemProvider([...selector], this, ' ', '"', "'", '='),
    ];
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    if (!readSettings.lint(document.uri)) return undefined;
    const { insightAt } = await import('../config/insight');
    const insight = insightAt(await this.trainings.of(document), position);
    return insight ? new vscode.Hover(textOf(insight), toRange(insight.range)) : undefined;
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    if (!readSettings.lint(document.uri)) return [];
    const { valuesAt } = await import('../config/insight');
    const found = valuesAt(await this.trainings.of(document), position);
    return (found?.values ?? []).map((value, i) => {
      const item = new vscode.CompletionItem(value, vscode.CompletionItemKind.EnumMember);
      const blank = document.lineAt(position.line).text[position.character - 1] === ':' ? ' ' : '';
      item.insertText = `${blank}${found!.quote}${value}${found!.quote}`;
      item.range = toRange(found!.range);
      item.filterText = document.getText(item.range) || value;
      item.sortText = String(i).padStart(2, '0');
      return item;
    });
  }

  dispose(): void {
    for (const item of this.store) item.dispose();
  }
}

/** The value comes from the file: it is shown as code, which holds no markup. */
function textOf({
  title,
  what,
  value,
  dialect,
  byDefault,
  usual,
  rule,
  source,
}: Insight): vscode.MarkdownString {
  const code = value.replace(/[`\r\n]/g, ' ').slice(0, 80);
  const page = rule === null ? '' : `[${rule}](${pageOf(rule)}) · `;
  const parts = [
    l10n.t('**{0}**: {1}', title, what),
    byDefault === null
      ? l10n.t('In this file ({0}): `{1}`.', dialect, code || ' ')
      : l10n.t('In this file ({0}): `{1}`. Without the key: {2}.', dialect, code || ' ', byDefault),
    ...(usual === null ? [] : [l10n.t('Usual here: {0}.', usual)]),
    `${page}${l10n.t('From {0}.', source)}`,
  ];
  return new vscode.MarkdownString(parts.join('\n\n'));
}
