import * as l10n from '@vscode/l10n';
import { stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { symptomTitle } from '../../analysis/symptomNotes';
import { spotName } from '../../analysis/wording';
import { symptomPage } from '../../findings/pages';
import type { RunSummary } from '../../protocol';
import { toRange } from '../edits';
import { settings } from '../ids';
import { onSettingsChange, readSettings } from '../settings';
import { verdictWord } from '../words';
import { documentPlaces } from './documentPlaces';
import { placedFindings, type PlacedFinding } from './runFindings';
import { isAsRun } from './scriptAge';
import type { ScriptRuns } from './scriptRuns';

/** Source of the diagnostics: not that of the lint, which knows nothing of runs. */
export const SOURCE = 'Fitcheck';
/** Pause after the last change before the scripts are looked at again (ms). */
const SETTLED = 400;

/** What is shown in a script, and what it is of. */
interface Shown {
  diagnostic: vscode.Diagnostic;
  run: RunSummary;
  placed: PlacedFinding;
}

/** Findings about the latest run of a script, on those of its lines that could mend it. Open scripts only. */
export class RunDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('fitcheck.runs');
  private readonly shown = new Map<string, Shown[]>();
  private readonly store: vscode.Disposable[];
  private timer: NodeJS.Timeout | null = null;
  /** Only what was looked up last counts. */
  private turn = 0;

  constructor(
    private readonly runs: ScriptRuns,
    /** When a run was seen to start, ms since 1970; undefined where it was not. */
    private readonly startOf: (run: string) => number | undefined,
  ) {
    const soon = (): void => this.lookSoon();
    const ofPython = ({ languageId }: vscode.TextDocument): void => void (languageId === 'python' && soon());
    this.store = [
      this.collection,
      runs.onDidChange(soon),
      vscode.workspace.onDidOpenTextDocument(ofPython),
      vscode.workspace.onDidSaveTextDocument(ofPython),
      vscode.workspace.onDidChangeTextDocument(({ document }) => ofPython(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.set(uri, [])),
      onSettingsChange((affects) => affects(settings.runDiagnostics) && soon()),
    ];
    this.lookSoon();
  }

  /** What is shown of a diagnostic that VS Code hands back, which may be a copy. */
  find(uri: vscode.Uri, given: vscode.Diagnostic): Shown | undefined {
    return this.shown
      .get(uri.toString())
      ?.find(({ diagnostic }) => diagnostic.message === given.message && given.source === diagnostic.source);
  }

  dispose(): void {
    this.turn++;
    if (this.timer) clearTimeout(this.timer);
    for (const item of this.store) item.dispose();
  }

  private lookSoon(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), SETTLED);
  }

  private async look(): Promise<void> {
    const turn = ++this.turn;
    for (const document of vscode.workspace.textDocuments) {
      if (document.languageId !== 'python' || document.uri.scheme !== 'file') continue;
      const found = await this.of(document).catch(() => []);
      if (turn !== this.turn) return;
      this.set(document.uri, document.isClosed ? [] : found);
    }
  }

  private set(uri: vscode.Uri, shown: Shown[]): void {
    if (shown.length > 0) this.shown.set(uri.toString(), shown);
    else this.shown.delete(uri.toString());
    this.collection.set(
      uri,
      shown.map(({ diagnostic }) => diagnostic),
    );
  }

  private async of(document: vscode.TextDocument): Promise<Shown[]> {
    if (!readSettings.runDiagnostics(document.uri) || document.isDirty) return [];
    const run = await this.runs.latest(document.uri);
    if (!run || (run.severity !== 'error' && run.severity !== 'warning')) return [];
    const { mtime } = await vscode.workspace.fs.stat(document.uri);
    const born = (await stat(run.path).catch(() => null))?.birthtimeMs ?? 0;
    if (!isAsRun(mtime, { started: this.startOf(run.path), born, modified: run.modified })) return [];
    const [assessment, places] = await Promise.all([this.runs.assessment(run), documentPlaces(document)]);
    if (!assessment) return [];
    const placed = placedFindings(run, assessment, places);
    return Promise.all(
      placed.map(async (one) => ({ run, placed: one, diagnostic: await toDiagnostic(one, run) })),
    );
  }
}

async function toDiagnostic({ finding, range }: PlacedFinding, run: RunSummary): Promise<vscode.Diagnostic> {
  const { id, severity, message, onset } = finding;
  const text = l10n.t('Last run ({0}): {1}. {2}', verdictWord(run, ''), symptomTitle(id), message);
  const level = vscode.DiagnosticSeverity[severity === 'error' ? 'Warning' : 'Information'];
  const diagnostic = new vscode.Diagnostic(toRange(range), text, level);
  diagnostic.source = SOURCE;
  diagnostic.code = { value: id, target: vscode.Uri.parse(symptomPage(id)) };
  const log = vscode.Uri.file(run.path);
  const isFile = await vscode.workspace.fs.stat(log).then(
    ({ type }) => (type & vscode.FileType.File) !== 0,
    () => false,
  );
  if (onset?.line && isFile) {
    const place = new vscode.Location(log, new vscode.Position(onset.line - 1, 0));
    const related = l10n.t('Since {0}, here in the log', spotName(onset));
    diagnostic.relatedInformation = [new vscode.DiagnosticRelatedInformation(place, related)];
  }
  return diagnostic;
}
