import * as vscode from 'vscode';
import type { ScriptPlans } from '../python/plan';
import type { Reparser } from '../python/reparse';
import { neighboursOf } from './beside';

/** What is known of a document: the plans are good while its version is the same, the parser goes on from one version to the next. */
interface Known {
  version: number;
  plans: Promise<ScriptPlans>;
  parser: Promise<Reparser>;
  outdated: AbortController;
}

const known = new WeakMap<vscode.TextDocument, Known>();

/** What each technique would do to a document as it stands: computed once a version, whoever asks. */
export function scriptPlans(document: vscode.TextDocument): Promise<ScriptPlans> {
  const { version } = document;
  const before = known.get(document);
  if (before?.version === version) return before.plans;
  const parser = before?.parser ?? newParser();
  before?.outdated.abort();
  const outdated = new AbortController();
  const plans = compute(document, parser, outdated.signal);
  known.set(document, { version, plans, parser, outdated });
  // What failed is tried again at the next question.
  plans.catch(() => {
    if (known.get(document)?.plans === plans) known.delete(document);
  });
  return plans;
}

/** Lets go of what was parsed of a document when it is closed. */
export function forgetClosed(): vscode.Disposable {
  return vscode.workspace.onDidCloseTextDocument((document) => {
    const closed = known.get(document);
    known.delete(document);
    closed?.parser.then(
      (parser) => parser.dispose(),
      () => undefined,
    );
  });
}

async function compute(
  document: vscode.TextDocument,
  parser: Promise<Reparser>,
  signal: AbortSignal,
): Promise<ScriptPlans> {
  const text = document.getText();
  const neighbours = /\.step\s*\(/.test(text) ? await neighboursOf(document) : [];
  const name = document.uri.path.split('/').at(-1)!;
  // The grammar is loaded at the first use: activation stays fast.
  const { planScript, plannable } = await import('../python/plan');
  return planScript(text, plannable, { parser: await parser, signal, name, neighbours });
}

async function newParser(): Promise<Reparser> {
  const { Reparser } = await import('../python/reparse');
  return new Reparser();
}
