import { strongMixup } from './augmentation/mixup';
import { mosaicNeverOff } from './augmentation/neverOff';
import { averageDecay } from './averaging/decay';
import { clipBound } from './clipping/bound';
import { conflictingClips } from './clipping/conflicting';
import { deepSpeedClipping } from './clipping/deepSpeed';
import { clippingDisabled } from './clipping/disabled';
import { fusedBackward } from './clipping/fusedBackward';
import { lightningClip } from './clipping/lightning';
import { decayLikeRate } from './decay/likeRate';
import { noDecay } from './decay/none';
import { decayRange } from './decay/range';
import { dropConnectNaming } from './dropout/dropConnect';
import { fineTuningDropout } from './dropout/fineTuning';
import { loraDropout } from './dropout/lora';
import { pretrainingDropout } from './dropout/pretraining';
import { dropoutRange } from './dropout/range';
import { misspeltKey } from './hygiene/misspelt';
import { noWarmup } from './hygiene/noWarmup';
import { stackedRegularizers } from './hygiene/stacked';
import { keyTwice } from './hygiene/twice';
import { warmupUnits } from './hygiene/units';
import { unsupportedKey } from './hygiene/unsupported';
import { yamlNumber } from './hygiene/yamlNumber';
import { noSmoothing } from './loss/noSmoothing';
import { smoothedPretraining } from './loss/pretraining';
import { smoothedTwice } from './loss/smoothedTwice';
import { smoothingRange } from './loss/smoothingRange';
import { deepPostNorm } from './normalization/postNorm';
import { smallBatchNorm } from './normalization/smallBatch';
import type { ConfigRule } from './rule';
import { bestModelNeeds } from './validation/bestModel';
import { monitorMode } from './validation/mode';
import { noValidation } from './validation/noValidation';
import { unreasonablePatience } from './validation/patience';
import { trainingMetric } from './validation/trainingMetric';

/** Every rule on configs, by code. */
export const configRules: readonly ConfigRule[] = [
  ...[fusedBackward, clipBound, clippingDisabled, deepSpeedClipping, lightningClip],
  ...[noDecay, decayRange, decayLikeRate],
  ...[dropoutRange, pretrainingDropout, fineTuningDropout, dropConnectNaming],
  ...[smallBatchNorm, deepPostNorm],
  ...[trainingMetric, noValidation, bestModelNeeds, unreasonablePatience, monitorMode],
  ...[noSmoothing, smoothedPretraining, smoothingRange, smoothedTwice],
  ...[strongMixup, mosaicNeverOff],
  ...[yamlNumber, averageDecay, stackedRegularizers, noWarmup, conflictingClips, unsupportedKey],
  ...[loraDropout, misspeltKey, warmupUnits, keyTwice],
];
