import type { Dialect } from './dialect';
import { generic } from './generic';

/** Defaults of a dataclass or settings class in Python. Rules speak as softly as in a file of no dialect. */
export const dataclass: Dialect = {
  ...generic,
  id: 'dataclass',
  title: 'settings class',
  source: 'names that PyTorch, Keras, JAX and Hugging Face trainings share',
  syntaxes: ['python'],
  sure: [
    { text: /@(\w+\.)*dataclass\b|^class \w*(Config|Args|Arguments|Hyperparameters|HParams|Settings)\b/m },
  ],
};
