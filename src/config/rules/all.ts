import { clipBound } from './clipBound';
import { decayRange } from './decayRange';
import { dropoutRange } from './dropoutRange';
import type { ConfigRule } from './rule';
import { smoothingRange } from './smoothingRange';

/** Every rule on configs, by code. */
export const configRules: readonly ConfigRule[] = [clipBound, decayRange, dropoutRange, smoothingRange];
