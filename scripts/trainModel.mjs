/**
 * `npm run model:train [FOLDER]`: makes the shipped model anew (media/model). Everything is seeded. With a native
 * TensorFlow (FITCHECK_TFJS_NODE) it takes a few minutes, without one much longer.
 */
import { bundleAndRun } from './lib/bundleRun.mjs';

process.exit(await bundleAndRun('src/analysis/model/train.ts', process.argv.slice(2)));
