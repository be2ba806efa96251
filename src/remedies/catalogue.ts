import type { Technique, TechniqueId } from './remedy';
import { advice } from './techniques/advice';
import { constraining } from './techniques/constraining';
import { dropping } from './techniques/dropping';
import { normalising } from './techniques/normalising';
import { schedule } from './techniques/schedule';
import { targets } from './techniques/targets';

/** Every technique of the seed document. The type makes a missing one an error of the build. */
export const catalogue: Readonly<Record<TechniqueId, Technique>> = {
  ...dropping,
  ...normalising,
  ...constraining,
  ...targets,
  ...schedule,
  ...advice,
};
