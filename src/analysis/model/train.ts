/**
 * Makes the shipped model: `node train.js [OUT_DIR]`, by default media/model.
 *
 * Three networks learn, each from two thirds of the training programs (recorded trainings, whole and cut short) and from
 * simulated runs; what is shipped is their mean. The temperature, and how much each layer counts, are fitted on what
 * networks say of programs that they did not learn from: the calibration programs by all of them, and each third of the
 * training programs by the network that learned from the rest.
 * Everything is seeded; on one machine and backend the files come out the same. With FITCHECK_TFJS_NODE it takes some
 * twenty minutes.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type * as Layers from '@tensorflow/tfjs-layers';
import type { LoadedBackend } from '../backend';
import { LABELS, softmax, type Probabilities } from '../classifier';
import prior from '../combination.json';
import { detect } from '../detect';
import { viewRun, type RunView } from '../pairing';
import { loadBackend } from '../tfjs';
import { opinionOf } from '../verdict';
import { fitTemperature, logLoss } from './calibrate';
import { CALIBRATION_FAMILIES, TRAIN_FAMILIES } from './dataset';
import { historiesOf, realExamples, simulatedExamples, toInputs, type Example } from './examples';
import { fit, logitsOf } from './fit';
import { fitCombination, type Opinion } from './fitCombination';
import { readHistories } from './history';
import { COMBINATION, HISTORIES } from './paths';
import { hash } from './programs';
import { joinNetworks, trainingTf } from './network';
import { save } from './save';

const SEED = 20;
const SIMULATED = { training: 5000, calibration: 500 };
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

  // Each network speaks of the third that it has not seen, all of them together of the calibration programs.
  const apart: Unseen = { examples: [], logits: [] };
  const networks: Layers.LayersModel[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const held = real.filter(({ program }) => hash(program) % FOLDS === fold);
    const rest = real.filter((example) => !held.includes(example));
    console.log(`network ${fold + 1} of ${FOLDS}: ${held.length} examples are kept from it`);
    const network = await fit(backend, toInputs([...rest, ...simulated]), SEED + 100 * fold, console.log);
    await look(backend, network, held, apart);
    networks.push(network);
  }
  const joined: Unseen = { examples: [], logits: [] };
  const network = joinNetworks(trainingTf(backend), networks);
  const known = simulatedExamples(SIMULATED.calibration, CALIBRATION_FAMILIES, SEED + 1);
  const calibration = realExamples(historiesOf(histories, 'calibration'));
  await look(backend, network, [...calibration, ...known], joined);

  const temperature = temperatureOf(joined, 'together');
  await save(network, outDir, temperature);
  const told = [...tell(apart, temperatureOf(apart, 'each alone')), ...tell(joined, temperature)];
  console.table(promotions(told));
  const combination = fitCombination(told.map(opinion), prior);
  await writeFile(COMBINATION, `${JSON.stringify(combination, null, 2)}\n`);
}

async function look(
  backend: LoadedBackend,
  network: Layers.LayersModel,
  examples: readonly Example[],
  unseen: Unseen,
): Promise<void> {
  unseen.examples.push(...examples);
  unseen.logits.push(...Array.from(await logitsOf(backend, network, toInputs(examples).inputs)));
}

/** Networks together are less often sure by mistake than each alone, so both have a temperature of their own. */
function temperatureOf({ examples, logits }: Unseen, name: string): number {
  const labels = examples.map(({ label }) => LABELS.indexOf(label));
  const temperature = fitTemperature(logits, labels);
  const cost = logLoss(logits, labels, temperature).toFixed(4);
  console.log(`networks ${name}: temperature ${temperature}, log-loss ${cost} of ${labels.length} examples`);
  return temperature;
}

/** An example with what a network that has not seen its program says of it. */
interface Told {
  example: Example;
  view: RunView;
  network: Probabilities;
}

function tell({ examples, logits }: Unseen, temperature: number): Told[] {
  return examples.map((example, i) => ({
    example,
    view: viewRun(example.run),
    network: softmax(logits, i * LABELS.length, temperature),
  }));
}

/** What both layers say. */
function opinion({ example, view, network }: Told): Opinion {
  const { label, strength, model } = opinionOf(view, detect(view), network);
  const weight = example.real ? example.weight : SIMULATED_WEIGHT;
  return { truth: example.label, label, strength, model: model ?? network, weight };
}

/**
 * How often the network, sure of a family, was right where no detector says it aloud: beside an information of that
 * family, or a suspicion. The ground for which of them may become the verdict.
 */
function promotions(told: readonly Told[]): Record<string, { runs: number; right: number }> {
  const rows: Record<string, { runs: number; right: number }> = {};
  for (const { example, view, network } of told) {
    const findings = detect(view);
    if (findings.some(({ severity }) => severity !== 'info')) continue;
    const { lead } = opinionOf(view, findings, network);
    if (!lead) continue;
    const name = `${findings.includes(lead) ? 'information' : 'suspicion'} ${lead.id}`;
    const row = (rows[name] ??= { runs: 0, right: 0 });
    row.runs++;
    if (example.label === lead.family) row.right++;
  }
  return rows;
}

main(process.argv[2] ?? join('media', 'model')).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
