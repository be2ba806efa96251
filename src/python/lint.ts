import { setImmediate } from 'node:timers/promises';
import type { LintFinding } from '../findings/finding';
import { withoutIgnored } from '../findings/ignore';
import { compare } from '../findings/safeEdits';
import { isBroken, statementAround } from './model/nodes';
import { readScript } from './model/script';
import { parseReadable } from './readable';
import { codeRules } from './rules/all';
import { isPassedOver } from './rules/paths';
import { asFinding } from './rules/rule';
import { pastBom, rangePastBom, unreadable, withoutBom } from './source';

/** A file that names none of these libraries trains nothing that the rules know. */
const library =
  /\b(torch|tensorflow|keras|tf_keras|jax|optax|flax|mlx|lightning|pytorch_lightning|transformers|trl|timm|accelerate|fastai|deepspeed)\b/;

/** After so long the rules give other work its turn (ms). */
const SLICE = 10;

/** What nearly all rules ask for. */
const modelParts = ['optimizers', 'updatePoints', 'backwards', 'wrappers', 'modules'] as const;

/**
 * Findings in a training script, in the order of the file: it is parsed and read once for all rules. Never throws on
 * odd source; a file that is a test, a library or no training gives none.
 * @param path as seen from the folder that is worked in
 */
export async function lintScript(source: string, path: string): Promise<LintFinding[]> {
  if (isPassedOver(path) || unreadable(source) !== null || !library.test(source)) return [];
  const text = withoutBom(source);
  const found: LintFinding[] = [];
  const { code, tree } = await parseReadable(text);
  try {
    const turn = turns();
    const script = readScript(code, tree.rootNode);
    await turn();
    for (const part of modelParts) {
      // Asked for, it is computed: one after the other, and not all within the first rule.
      void script[part];
      await turn();
    }
    for (const rule of codeRules) {
      if (!rule.words.test(code)) continue;
      // Around a syntax error nothing is certain, and half of it is still to be typed.
      const certain = rule.check(script).filter(({ at }) => !isBroken(statementAround(at)));
      found.push(...certain.map((one) => asFinding(rule.code, one)));
      await turn();
    }
  } finally {
    tree.delete();
  }
  const shown = withoutIgnored(found, text).sort((a, b) => compare(a.range.start, b.range.start));
  return text === source ? shown : shown.map(inBomText);
}

/** A pause for other work where enough time has gone by since the last one. */
function turns(): () => Promise<void> {
  let start = performance.now();
  return async () => {
    if (performance.now() - start < SLICE) return;
    await setImmediate();
    start = performance.now();
  };
}

function inBomText(finding: LintFinding): LintFinding {
  const { fix } = finding;
  return {
    ...finding,
    range: rangePastBom(finding.range),
    ...(fix ? { fix: { ...fix, edits: fix.edits.map(pastBom) } } : {}),
  };
}
