import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { bundle, root } from './bundle.mjs';
import { trainingScript } from './generatePython.mjs';
import { compared, quantile } from './table.mjs';

const ROUNDS = 20;
const LINES = 5_000;
const FILES = 1_000;
/** Lines of a script in the folder. */
const SHORT = 100;

/** All remedies planned for a long script, and for a folder of a thousand short ones; all rules on the same. */
export async function measure(folder) {
  // The grammar lies beside the code.
  await cp(join(root, 'dist', 'wasm'), join(folder, 'wasm'), { recursive: true });
  const code = createRequire(import.meta.url)(
    await bundle(folder, 'python', [
      ...['python/plan', 'python/parser', 'python/reparse'],
      ...['python/open', 'python/lint', 'python/rules/all'],
    ]),
  );
  const scripts = await writeScripts(folder);
  return [
    ...(await longScript(code)),
    ...(await longScriptLinted(code)),
    await manyScripts(code, scripts),
    await manyScriptsLinted(code, scripts),
  ];
}

/** Median times in ms: parsing, the model and every plan, and the two last alone, beside the bare parse. */
async function longScript({ parsePython, planScript, plannable, Reparser }) {
  const source = trainingScript(LINES);
  const parses = [];
  const all = [];
  const again = [];
  const letters = source.indexOf('optimizer.step()', source.length / 2);
  const reparser = new Reparser();
  (await reparser.parse(source)).delete();
  for (let i = 0; i < ROUNDS + 5; i++) {
    const start = performance.now();
    (await parsePython(source)).delete();
    const middle = performance.now();
    const plans = await planScript(source, plannable);
    const planned = performance.now();
    if (plannable.filter((technique) => plans.plan(technique).applicable).length < 3)
      throw new Error('nothing planned');
    // Someone types in the middle of the script.
    const typed = source.slice(0, letters) + 'x'.repeat(i + 1) + source.slice(letters);
    const key = performance.now();
    (await reparser.parse(typed)).delete();
    const keyed = performance.now();
    // The first ones compile.
    if (i < 5) continue;
    parses.push(middle - start);
    all.push(planned - middle);
    again.push(keyed - key);
  }
  const parse = quantile(parses, 0.5);
  const whole = quantile(all, 0.5);
  const lines = LINES.toLocaleString('en');
  return [
    compared(`parse, model and all plans, ${lines} lines`, whole, 'ms', 'bare parse', parse),
    compared(`  of which model and plans`, whole - parse, 'ms', 'bare parse', parse),
    compared(`parse after a keystroke, ${lines} lines`, quantile(again, 0.5), 'ms', 'bare parse', parse),
  ];
}

/** Median times in ms: parsing, the model and all rules, and the rules alone, beside the bare parse. */
async function longScriptLinted({ parsePython, lintScript, withScript, codeRules }) {
  const source = trainingScript(LINES);
  const parses = [];
  const all = [];
  const rules = [];
  for (let i = 0; i < ROUNDS + 5; i++) {
    const start = performance.now();
    (await parsePython(source)).delete();
    const middle = performance.now();
    const findings = await lintScript(source, 'train.py');
    const end = performance.now();
    if (findings.length === 0) throw new Error('nothing found');
    const alone = await withScript(source, (script) => timeOfRules(script, codeRules));
    // The first ones compile.
    if (i < 5) continue;
    parses.push(middle - start);
    all.push(end - middle);
    rules.push(alone);
  }
  const parse = quantile(parses, 0.5);
  const whole = quantile(all, 0.5);
  const lines = LINES.toLocaleString('en');
  return [
    compared(`parse, model and all rules, ${lines} lines`, whole, 'ms', 'bare parse', parse),
    compared(`  of which rules`, quantile(rules, 0.5), 'ms', 'bare parse', parse),
  ];
}

/** How long all rules take on a model whose parts were asked for before. */
function timeOfRules(script, codeRules) {
  for (const part of Object.keys(script)) void script[part];
  const start = performance.now();
  for (const { words, check } of codeRules) if (words.test(script.text.source)) check(script);
  return performance.now() - start;
}

/** A folder of many short scripts. */
async function writeScripts(folder) {
  const scripts = join(folder, 'scripts');
  await mkdir(scripts, { recursive: true });
  for (let i = 0; i < FILES; i++) {
    await writeFile(join(scripts, `train_${i}.py`), trainingScript(SHORT, i));
  }
  return scripts;
}

/** Files per second that are read and linted by all rules, beside reading alone. */
async function manyScriptsLinted({ lintScript }, scripts) {
  const names = await readdir(scripts);
  let start = performance.now();
  let characters = 0;
  for (const name of names) characters += (await readFile(join(scripts, name), 'utf8')).length;
  const read = FILES / ((performance.now() - start) / 1000);
  start = performance.now();
  let findings = 0;
  for (const name of names) {
    findings += (await lintScript(await readFile(join(scripts, name), 'utf8'), name)).length;
  }
  const linted = FILES / ((performance.now() - start) / 1000);
  if (characters === 0 || findings === 0) throw new Error('the scripts were not linted');
  const what = `all rules over ${FILES.toLocaleString('en')} scripts in a folder`;
  return compared(what, linted, 'files/s', 'reading', read);
}

/** Files per second that are read and planned, beside reading alone. */
async function manyScripts({ planScript, plannable }, scripts) {
  const names = await readdir(scripts);
  let start = performance.now();
  let characters = 0;
  for (const name of names) characters += (await readFile(join(scripts, name), 'utf8')).length;
  const read = FILES / ((performance.now() - start) / 1000);
  if (characters === 0) throw new Error('the scripts were not written');
  start = performance.now();
  for (const name of names) {
    const plans = await planScript(await readFile(join(scripts, name), 'utf8'), plannable);
    for (const technique of plannable) plans.plan(technique);
  }
  const planned = FILES / ((performance.now() - start) / 1000);
  return compared(
    `all plans of ${FILES.toLocaleString('en')} scripts in a folder`,
    planned,
    'files/s',
    'reading',
    read,
  );
}
