import type { Series } from './series';

/**
 * Settles the splits that a name alone does not tell, from all series of the run:
 * - a bare `loss` is the training loss (Hugging Face, Keras, fastai and most scripts print it so);
 * - any other bare quality metric is training's when the same metric exists for validation (`acc` beside `val_acc`);
 * - several `test` points without any validation series are what the run validated on (DeiT, DETR, `Test set:` lines).
 */
export function settleSplits(series: readonly Series[], told: ReadonlyMap<Series, Series['split']>): void {
  for (const one of series) one.split = told.get(one) ?? null;
  for (const one of trainedOn(series)) one.split = 'train';
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

/** scikit-learn's interface of XGBoost calls the sets that it is given so, whatever they are. */
const FIRST_SET = 'validation_0-';
const SECOND_SET = 'validation_1-';

/**
 * Of two such sets with nothing else the first is, as a rule, what was trained on; it is believed where it ended better.
 * With one set, or with the second better, both are validation.
 */
function trainedOn(series: readonly Series[]): Series[] {
  if (series.some(({ split }) => split === 'train')) return [];
  return series.filter((first) => {
    if (!first.key.startsWith(FIRST_SET)) return false;
    const second = series.find(({ key }) => key === first.key.replace(FIRST_SET, SECOND_SET));
    if (!second) return false;
    const [a, b] = [first.values.at(-1), second.values.at(-1)];
    return first.direction === 'higher' ? a > b : a < b;
  });
}
