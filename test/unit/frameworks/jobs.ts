import { planRemedy } from '../../../src/python/plan';
import type { TechniqueId } from '../../../src/remedies/remedy';
import { applyEdits } from '../../../src/remedies/textEdit';
import { runPython, withTorchvision } from './python';

/** A script to edit and run: what must stand before it, and what looks at the outcome and sets `result`. */
export interface Job {
  name: string;
  /** Null to run the script as it is. */
  technique: TechniqueId | null;
  script: string;
  before?: string;
  /** Python that gives `result` a value that JSON can hold. */
  look: string;
}

/** The script with the remedy in it. */
export async function edited(source: string, technique: TechniqueId): Promise<string> {
  const plan = await planRemedy(source, technique);
  if (!plan.applicable) throw new Error(plan.reason);
  return applyEdits(source, plan.edits);
}

const driver = `
import contextlib, io, json, os, sys, traceback, warnings
warnings.simplefilter("ignore")
def run(job):
    names = {"__name__": "__main__"}
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            for part in ("before", "script", "look"):
                exec(compile(job[part], part + ".py", "exec"), names)
        return names["result"]
    except Exception as error:
        return "failed: " + traceback.format_exc(limit=-3)
results = [run(job) for job in json.loads(sys.stdin.buffer.read())]
print("\\n@@" + json.dumps(results))
`;

/** Edits all scripts and runs them in one process, since frameworks take their time to load. */
export async function runJobs(jobs: readonly Job[], environment = ''): Promise<Map<string, unknown>> {
  const input = await Promise.all(
    jobs.map(async ({ technique, script, before = '', look }) => ({
      before,
      script: technique === null ? script : await edited(script, technique),
      look,
    })),
  );
  const output = runPython(environment + withTorchvision + driver, [], JSON.stringify(input));
  const results = JSON.parse(output.slice(output.lastIndexOf('@@') + 2)) as unknown[];
  return new Map(jobs.map(({ name }, i) => [name, results[i]]));
}
