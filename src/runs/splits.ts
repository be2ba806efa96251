import type { Series } from './series';

/**
 * Settles the splits that a name alone does not tell, from all series of the run:
 * - a bare `loss` is the training loss (Hugging Face, Keras, fastai and most scripts print it so);
 * - any other bare quality metric is training's when the same metric exists for validation (`acc` beside `val_acc`);
 * - several `test` points without any validation series are what the run validated on (DeiT, DETR, `Test set:` lines).
 */
export function settleSplits(series: readonly Series[], told: ReadonlyMap<Series, Series['split']>): void {
  for (const one of series) one.split = told.get(one) ?? null;
  const hasValidation = series.some((one) => one.split === 'val');
  if (!hasValidation) {
    for (const one of series) if (one.split === 'test' && one.length > 1) one.split = 'val';
  }
  const validated = new Set(series.filter((one) => one.split === 'val').map((one) => one.name));
  const trained = new Set(series.filter((one) => one.split === 'train').map((one) => one.name));
  for (const one of series) {
    if (one.split !== null || one.direction === 'none') continue;
    const bareLoss = one.name === 'loss' && !trained.has('loss');
    if (bareLoss || (validated.has(one.name) && !trained.has(one.name))) one.split = 'train';
  }
}
