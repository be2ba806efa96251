import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { createTwoFilesPatch } from 'diff';
import { planRemedy } from '../python/plan';
import { catalogue } from '../remedies/catalogue';
import type { TechniqueId } from '../remedies/remedy';
import { applyEdits, type FixPlan } from '../remedies/textEdit';
import { neighboursOf, placeElsewhere } from './beside';
import { readText, writeText } from './files';
import { strictJson } from './json';

import { UsageError } from './usage';

/** `fitcheck fix`: the code action's edit, shown or written. Exit 1 when it does not apply. */
export async function fixCommand(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      remedy: { type: 'string' },
      write: { type: 'boolean', default: false },
      diff: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [script] = positionals;
  if (script === undefined || positionals.length > 1) throw new UsageError('fix needs one Python script');
  if (script.endsWith('.ipynb'))
    throw new UsageError(
      'a notebook is edited in VS Code, cell by cell: open it there, or export it as a script',
    );
  const remedy = techniqueOf(values.remedy);
  const text = await readText(script);
  const options = { name: basename(script), neighbours: await neighboursOf(script) };
  const plan = await planRemedy(text, remedy, options);
  if (values.json) process.stdout.write(`${strictJson(reported(plan))}\n`);
  if (!plan.applicable) {
    if (!values.json) {
      process.stderr.write(`fitcheck: ${script}: ${plan.reason}\n`);
      const other = await placeElsewhere(script, text, remedy);
      if (other !== null) process.stderr.write(`note: ${other}, which it imports, has a place for it\n`);
    }
    return values.json ? 0 : 1;
  }
  await present(script, text, plan, values);
  return 0;
}

/** The plan without what only an editor has a use for. */
function reported(plan: FixPlan): object {
  if (!plan.applicable) return { version: 1, ...plan };
  const { applicable, title, edits, notes } = plan;
  return { version: 1, applicable, title, edits, notes };
}

async function present(
  script: string,
  text: string,
  plan: Extract<FixPlan, { applicable: true }>,
  { write, diff, json }: { write: boolean; diff: boolean; json: boolean },
): Promise<void> {
  const fixed = applyEdits(text, plan.edits);
  if (write) await writeText(script, fixed);
  if (json) return;
  if (diff || !write) process.stdout.write(createTwoFilesPatch(script, script, text, fixed));
  process.stderr.write(`${plan.title}\n${plan.notes.map((note) => `note: ${note}\n`).join('')}`);
}

function techniqueOf(id: string | undefined): TechniqueId {
  if (id !== undefined && Object.hasOwn(catalogue, id)) return id as TechniqueId;
  const known = Object.keys(catalogue).join(', ');
  throw new UsageError(
    id === undefined ? `fix needs --remedy; one of ${known}` : `no remedy "${id}"; one of ${known}`,
  );
}
