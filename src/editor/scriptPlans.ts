import type * as vscode from 'vscode';
import type { ScriptPlans } from '../python/plan';

/** The plans of each document, good while its version is the same. */
const known = new WeakMap<vscode.TextDocument, { version: number; plans: Promise<ScriptPlans> }>();

/** What each technique would do to a document as it stands: computed once a version, whoever asks. */
export function scriptPlans(document: vscode.TextDocument): Promise<ScriptPlans> {
  const { version } = document;
  const before = known.get(document);
  if (before?.version === version) return before.plans;
  const plans = compute(document.getText());
  known.set(document, { version, plans });
  // What failed is tried again at the next question.
  plans.catch(() => {
    if (known.get(document)?.plans === plans) known.delete(document);
  });
  return plans;
}

async function compute(text: string): Promise<ScriptPlans> {
  // The grammar is loaded at the first use: activation stays fast.
  const { planScript, plannable } = await import('../python/plan');
  return planScript(text, plannable);
}
