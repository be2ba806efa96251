import { join } from 'node:path';

/** The data set of recorded trainings, from the project's folder. */
export const HISTORIES = join('src', 'analysis', 'model', 'data', 'trainings.jsonl.br');

/** How much each layer counts: written by the training of the model, read by `combine`. */
export const COMBINATION = join('src', 'analysis', 'combination.json');
