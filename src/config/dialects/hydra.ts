import type { Dialect } from './dialect';
import { generic } from './generic';

/** Hydra and OmegaConf projects of no framework that is known by name: the common keys, in files of groups. */
export const hydra: Dialect = {
  ...generic,
  id: 'hydra',
  title: 'Hydra config',
  source: 'names that PyTorch trainings share; Hydra documentation',
  syntaxes: ['yaml'],
  modelTrains: true,
  sure: [{ text: /^#\s*@package\b/m }, { key: '**._target_', value: /./ }],
  clues: ['defaults', 'defaults.*', 'hydra.*', 'hydra.*.*'],
};
