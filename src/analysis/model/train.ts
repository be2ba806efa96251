/**
 * Makes the shipped model: `node train.js [OUT_DIR]`, by default media/model.
 *
 * The network learns from the recorded trainings of the training programs, whole and cut short, and from simulated runs.
 * The temperature, and how much each layer counts, are fitted on what networks say of programs that they did not learn
 * from: the calibration programs, and each third of the training programs by a network that learned from the rest.
 * Everything is seeded; on one machine and backend the files come out the same. With FITCHECK_TFJS_NODE it takes some
 * ten minutes.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadedBackend } from '../backend';
import { LABELS, softmax } from '../classifier';
import prior from '../combination.json';
import { detect } from '../detect';
import { viewRun } from '../pairing';
import { loadBackend } from '../tfjs';
import { opinionOf, SURE } from '../verdict';
import { fitTemperature, logLoss } from './calibrate';
import { CALIBRATION_FAMILIES, TRAIN_FAMILIES } from './dataset';
import { historiesOf, realExamples, simulatedExamples, toInputs, type Example } from './examples';
import { fit, logitsOf } from './fit';
import { fitCombination, type Opinion } from './fitCombination';
import { readHistories } from './history';
import { COMBINATION, HISTORIES } from './paths';
import { hash } from './programs';
import { save } from './save';

const SEED = 20;
const SIMULATED = { training: 7000, calibration: 600 };
const FOLDS = 3;
/** Simulated runs are many and clean: in the calibration a fifth of a real one. */
const SIMULATED_WEIGHT = 0.2;

/** Examples with the logits of a network that has not seen their program. */
interface Unseen {
  examples: Example[];
  logits: number[];
}

async function main(outDir: string): Promise<void> {
  const backend = await loadBackend('auto', {});
  console.log(`backend: ${backend.info.name} ${backend.info.version}`);
  const histories = await readHistories(HISTORIES);
  const real = realExamples(historiesOf(histories, 'training'));
  const simulated = simulatedExamples(SIMULATED.training, TRAIN_FAMILIES, SEED);
  console.log(`${real.length} examples of real trainings, ${simulated.length} simulated`);

  const unseen: Unseen = { examples: [], logits: [] };
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = real.filter(({ program }) => hash(program) % FOLDS === fold);
    const rest = real.filter((example) => !held.includes(example));
    const network = await fit(backend, toInputs([...rest, ...simulated]), SEED + fold, quiet);
    await look(backend, network, held, unseen);
    network.dispose();
    console.log(`fold ${fold + 1} of ${FOLDS}: ${held.length} examples`);
  }
  const network = await fit(backend, toInputs([...real, ...simulated]), SEED, console.log);
  const calibration = realExamples(historiesOf(histories, 'calibration'));
  await look(backend, network, calibration, unseen);
  await look(
    backend,
    network,
    simulatedExamples(SIMULATED.calibration, CALIBRATION_FAMILIES, SEED + 1),
    unseen,
  );

  const labels = unseen.examples.map(({ label }) => LABELS.indexOf(label));
  const temperature = fitTemperature(unseen.logits, labels);
  console.log(
    `temperature ${temperature}, log-loss ${logLoss(unseen.logits, labels, temperature).toFixed(4)}`,
  );
  await save(network, outDir, temperature);
  console.table(promotions(unseen, temperature));
  const combination = fitCombination(opinions(unseen, temperature), prior);
  await writeFile(COMBINATION, `${JSON.stringify(combination, null, 2)}\n`);
}

async function look(
  backend: LoadedBackend,
  network: Parameters<typeof logitsOf>[1],
  examples: readonly Example[],
  unseen: Unseen,
): Promise<void> {
  unseen.examples.push(...examples);
  unseen.logits.push(...Array.from(await logitsOf(backend, network, toInputs(examples).inputs)));
}

/** What both layers say. */
function opinions({ examples, logits }: Unseen, temperature: number): Opinion[] {
  return examples.map(({ run, label: truth, real, weight }, i) => {
    const view = viewRun(run);
    const network = softmax(logits, i * LABELS.length, temperature);
    const { label, strength, model } = opinionOf(view, detect(view), network);
    return { truth, label, strength, model: model ?? network, weight: real ? weight : SIMULATED_WEIGHT };
  });
}

/**
 * How often the network, sure of a family, was right beside an information of that family and nothing louder: the ground
 * for which information may be lifted to the verdict.
 */
function promotions(
  { examples, logits }: Unseen,
  temperature: number,
): Record<string, { runs: number; right: number }> {
  const rows: Record<string, { runs: number; right: number }> = {};
  examples.forEach(({ run, label }, i) => {
    const model = softmax(logits, i * LABELS.length, temperature);
    const findings = detect(viewRun(run));
    if (findings.some(({ severity }) => severity !== 'info')) return;
    for (const { id, family } of findings) {
      if (model[family] < SURE) continue;
      const row = (rows[id] ??= { runs: 0, right: 0 });
      row.runs++;
      if (label === family) row.right++;
    }
  });
  return rows;
}

function quiet(): void {
  // The folds' networks are thrown away: how they learn is of no interest.
}

main(process.argv[2] ?? join('media', 'model')).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
