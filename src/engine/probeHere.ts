import type { Candidate } from '../analysis/backend';
import { createClassifier } from '../analysis/classifier';
import { FEATURES } from '../analysis/features';
import { modelFolder } from './assets';
import { notLoaded, type ProbeReport } from './probe';

/** Predictions that are timed, after a first one that is not. */
const PREDICTIONS = 5;

/** Loads one backend in this process and asks it once. Native code may end the process: see `probeInChild`. */
export async function probeHere(name: Candidate): Promise<ProbeReport> {
  try {
    const begun = performance.now();
    const classifier = await createClassifier({ only: name, modelDir: modelFolder() });
    const loadMs = performance.now() - begun;
    const times: number[] = [];
    for (let i = 0; i <= PREDICTIONS; i++) {
      const from = performance.now();
      const [answer] = await classifier.predict([new Float32Array(FEATURES)]);
      times.push(performance.now() - from);
      const sum = Object.values(answer!).reduce((a, b) => a + b, 0);
      if (!(Math.abs(sum - 1) < 1e-6))
        return notLoaded(name, `it loads, and its probabilities sum to ${sum}`);
    }
    const [, ...later] = times;
    const predictionMs = later.sort((a, b) => a - b)[PREDICTIONS >> 1]!;
    return { name, loaded: true, reason: null, crash: null, info: classifier.info, loadMs, predictionMs };
  } catch (error) {
    return notLoaded(name, error instanceof Error ? error.message : String(error));
  }
}
