import type { SymptomId } from '../../analysis/diagnosis';
import type { PlaceKind } from './places';

/**
 * The places of a script that could answer a symptom, the most direct first, by what the catalogue's remedies for it change: the
 * step for clipping, the optimizer for the rate and the decay, the network for dropout, norms and size, the loss for
 * smoothing, the training loop for its length.
 */
export const symptomPlaces: Readonly<Record<SymptomId, readonly PlaceKind[]>> = {
  'val-loss-rising': ['optimizer', 'model', 'training'],
  'generalisation-gap': ['model', 'optimizer', 'training'],
  'past-the-optimum': ['training', 'optimizer'],
  overconfidence: ['loss', 'model', 'training'],
  memorised: ['model', 'optimizer', 'training'],
  'validation-too-good': ['model', 'training'],
  'never-learned': ['optimizer', 'step', 'training'],
  plateau: ['optimizer', 'model', 'training'],
  'high-bias': ['model', 'optimizer', 'training'],
  'still-improving': ['training', 'optimizer'],
  'over-regularised': ['model', 'optimizer', 'training'],
  'non-finite': ['step', 'optimizer', 'training'],
  divergence: ['step', 'optimizer', 'training'],
  'loss-spike': ['step', 'optimizer', 'training'],
  oscillation: ['optimizer', 'step', 'training'],
  'gradient-explosion': ['step', 'optimizer', 'training'],
  'gradient-vanishing': ['model', 'optimizer', 'training'],
  'val-jitter': ['model', 'optimizer', 'training'],
  'warmup-missing': ['optimizer', 'training'],
};
