import { expect } from 'vitest';
import type { TechniqueId } from '../../../src/remedies/remedy';
import { planRemedy } from '../../../src/python/plan';
import { applyEdits } from '../../../src/remedies/textEdit';

/** The script as a technique makes it; asked again, it must offer nothing. */
export async function fixed(source: string, technique: TechniqueId): Promise<string> {
  const plan = await planRemedy(source, technique);
  if (!plan.applicable) throw new Error(plan.reason);
  const script = applyEdits(source, plan.edits);
  expect(await planRemedy(script, technique)).toMatchObject({ applicable: false });
  return script;
}

/** Why a technique leaves a script alone. */
export async function refusal(source: string, technique: TechniqueId): Promise<string> {
  const plan = await planRemedy(source, technique);
  if (plan.applicable) throw new Error(`planned: ${JSON.stringify(plan.edits)}`);
  return plan.reason;
}
