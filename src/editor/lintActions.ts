import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LintFinding } from '../findings/finding';
import { pageOf } from '../findings/pages';
import { safeEdits } from '../findings/safeEdits';
import { isProblem } from '../findings/severity';
import { toRange, toWorkspaceEdit } from './edits';

export const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('fitcheck');

/** What comes after the fixes and rewrites of a place: of no group that VS Code knows, it stands at the end. */
export const moreKind = vscode.CodeActionKind.Empty.append('fitcheck');

/** Rules whose fix is a remedy that the light bulb of the same place offers as a rewrite: once is enough. */
const rewritten = new Set(['FC101', 'FC201', 'FC202', 'FC403', 'FC405', 'FC701']);

/** A finding in a document, and the edit that its fix makes there, or in other cells of its notebook, too. */
export interface Placed {
  finding: LintFinding;
  edit: vscode.WorkspaceEdit | undefined;
}

/** The diagnostic of a finding; none for what is only worth a thought. */
export function toDiagnostic(finding: LintFinding): vscode.Diagnostic[] {
  if (!isProblem(finding)) return [];
  const { range, message, severity, code } = finding;
  const as = severity === 'error' ? vscode.DiagnosticSeverity.Error : vscode.DiagnosticSeverity.Warning;
  const diagnostic = new vscode.Diagnostic(toRange(range), message, as);
  diagnostic.source = 'fitcheck';
  diagnostic.code = { value: code, target: vscode.Uri.parse(pageOf(code)) };
  return [diagnostic];
}

/** What can be done about a finding where the cursor touches its place. */
export function actionsFor(
  { finding, edit }: Placed,
  document: vscode.TextDocument,
  range: vscode.Range,
  asked: boolean,
): vscode.CodeAction[] {
  const { code, fix } = finding;
  if (!toRange(finding.range).intersection(range)) return [];
  const diagnostics = toDiagnostic(finding);
  const actions: vscode.CodeAction[] = [];
  const elsewhere = diagnostics.length === 0 && rewritten.has(code) && !asked;
  if (fix && edit && !elsewhere) {
    const action = quickFix(fix.title, diagnostics);
    action.edit = edit;
    action.isPreferred = fix.safe;
    actions.push(action);
  }
  // What is only worth a thought must not push the edit of its place down.
  const kind = diagnostics.length === 0 && !asked ? moreKind : vscode.CodeActionKind.QuickFix;
  if (diagnostics.length === 0) {
    const about = new vscode.CodeAction(l10n.t('About {0}: {1}', code, finding.message), kind);
    about.command = {
      command: 'vscode.open',
      title: about.title,
      arguments: [vscode.Uri.parse(pageOf(code))],
    };
    actions.push(about);
  }
  const ignored = ignoring(finding, document);
  if (ignored) {
    const action = new vscode.CodeAction(l10n.t('Ignore {0} in this line', code), kind);
    action.diagnostics = diagnostics;
    action.edit = ignored;
    actions.push(action);
  }
  return actions;
}

/** All safe fixes of a document in one edit, if there are any. */
export function fixAll(document: vscode.TextDocument, findings: readonly LintFinding[]): vscode.CodeAction[] {
  const edits = safeEdits(findings);
  if (edits.length === 0) return [];
  const action = new vscode.CodeAction(l10n.t('Apply all safe fixes of Fitcheck'), fixAllKind);
  action.edit = toWorkspaceEdit(document.uri, edits);
  return [action];
}

function quickFix(title: string, diagnostics: vscode.Diagnostic[]): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = diagnostics;
  return action;
}

/** A comment at the end of the line; JSON has none, and a line that a backslash continues takes none. */
function ignoring({ code, range }: LintFinding, document: vscode.TextDocument): vscode.WorkspaceEdit | null {
  if (document.languageId === 'json') return null;
  const line = document.lineAt(range.start.line);
  if (line.text.trimEnd().endsWith('\\')) return null;
  const mark = document.languageId === 'jsonc' ? '//' : '#';
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, line.range.end, `  ${mark} fitcheck: ignore ${code}`);
  return edit;
}
