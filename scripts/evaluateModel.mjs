/** `npm run model:evaluate`: judges the shipped model on held-out programs and writes docs/evaluation.md. */
import { bundleAndRun } from './lib/bundleRun.mjs';

process.exit(await bundleAndRun('src/analysis/model/evaluation/main.ts', process.argv.slice(2)));
