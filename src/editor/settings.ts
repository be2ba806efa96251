import * as vscode from 'vscode';
import type { RuleSettings } from '../findings/severity';
import { settings } from './ids';

const section = 'fitcheck';

/** The settings as the code uses them; read when needed, never kept. */
export const readSettings = {
  backend: () => get<'auto' | 'tfjs-node' | 'wasm' | 'cpu'>(settings.backend, 'auto'),
  /** A path from settings loads native code: only in a trusted workspace. */
  tfjsNodePath: () => (vscode.workspace.isTrusted ? get<string>(settings.tfjsNodePath, '') : '') || null,
  openWhenRunStarts: () => get<boolean>(settings.openWhenRunStarts, false),
  openBeside: () => get<boolean>(settings.openBeside, false),
  notify: () => get<'problems' | 'never'>(settings.notify, 'problems'),
  /** Outputs of terminals, debug consoles and notebooks may be read. */
  followOutput: () => get<boolean>(settings.followOutput, true),
  /** Regular expressions by name; an entry may be anything. */
  customFormats: () => table(settings.customFormats),
  /** Meanings of metrics by their keys; an entry may be anything. */
  metricNames: () => table(settings.metricNames),
  /** The latest verdict above the training loop. */
  codeLens: (scope: vscode.Uri) => get<boolean>(settings.codeLens, true, scope),
  /** Findings about a run on the lines of its script. */
  runDiagnostics: (scope: vscode.Uri) => get<boolean>(settings.runDiagnostics, true, scope),
  lint: (scope: vscode.Uri) => get<boolean>(settings.lint, true, scope),
  lintWorkspace: () => get<boolean>(settings.lintWorkspace, true),
  /** How loud each rule is to be, by its code; an entry may be anything. */
  lintRules: (scope: vscode.Uri): RuleSettings => table(settings.lintRules, scope),
};

/** Calls `listener` when one of our settings changed. */
export function onSettingsChange(listener: (affects: (key: string) => boolean) => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(section)) {
      listener((key) => event.affectsConfiguration(`${section}.${key}`));
    }
  });
}

function get<T>(key: string, fallback: T, scope?: vscode.Uri): T {
  return vscode.workspace.getConfiguration(section, scope).get<T>(key, fallback);
}

/** A setting that is a mapping, as a plain object: what VS Code gives is a proxy, which no other process can be sent. */
function table(key: string, scope?: vscode.Uri): Record<string, unknown> {
  const given = get<unknown>(key, {}, scope);
  return typeof given === 'object' && given !== null ? { ...given } : {};
}
