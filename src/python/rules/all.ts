import { averagedBatchNorm } from './averaging/batchNorm';
import { averageDecay } from './averaging/decay';
import { averageEachMicroBatch } from './averaging/everyMicroBatch';
import { spectralNormTwice } from './averaging/spectralNorm';
import { unusedAverage } from './averaging/unused';
import { clipBoundInCode } from './clipping/bound';
import { boundaryOffByOne } from './clipping/boundary';
import { exhaustedIterator } from './clipping/exhausted';
import { clipAfterFusedStep } from './clipping/fusedBackward';
import { kerasClips } from './clipping/keras';
import { lightningClip } from './clipping/lightning';
import { clipEachMicroBatch } from './clipping/microBatches';
import { noClipping } from './clipping/none';
import { clipOrder } from './clipping/order';
import { scaledClip } from './clipping/scaled';
import { skippedUpdate } from './clipping/skippedUpdate';
import { clipWithoutSync } from './clipping/syncGradients';
import { wrongClip } from './clipping/wrongApi';
import { builtBefore, tiedAfter } from './decay/builtBefore';
import { coupledDecay } from './decay/coupled';
import { noDecayNames } from './decay/nameList';
import { decayOnNorms } from './decay/onNorms';
import { optaxOrder } from './decay/optaxOrder';
import { decayRangeInCode } from './decay/range';
import { decayOnScalars } from './decay/scalars';
import { attentionDropout } from './dropout/attention';
import { dropoutBeforeNorm } from './dropout/beforeNorm';
import { functionalDropout } from './dropout/functional';
import { dropoutRangeInCode } from './dropout/range';
import { recurrentDropout } from './dropout/recurrent';
import { klInput } from './loss/logProbabilities';
import { noSmoothing } from './loss/noSmoothing';
import { klReduction } from './loss/reduction';
import { smoothedTwice } from './loss/smoothedTwice';
import { smoothingRangeInCode } from './loss/smoothingRange';
import { temperatureSquared } from './loss/temperature';
import { evalInLoop } from './modes/evalInLoop';
import { noEval } from './modes/validation';
import { convertedLate } from './normalization/convertedLate';
import { noFinalNorm } from './normalization/finalNorm';
import { groupNormGroups } from './normalization/groups';
import { deepPostNorm } from './normalization/postNorm';
import { smallBatch } from './normalization/smallBatch';
import { unsyncedBatchNorm } from './normalization/syncBatchNorm';
import type { CodeRule } from './rule';
import { earlyStoppingNeeds } from './validation/huggingFace';
import { monitorMode } from './validation/mode';
import { noValidation } from './validation/noValidation';
import { unreasonablePatience } from './validation/patience';
import { restoreBest } from './validation/restoreBest';
import { trainingMetric } from './validation/trainingMetric';

/** Every rule on training scripts, by code. */
export const codeRules: readonly CodeRule[] = [
  ...[
    noClipping,
    clipOrder,
    scaledClip,
    clipEachMicroBatch,
    clipAfterFusedStep,
    exhaustedIterator,
    wrongClip,
  ],
  ...[clipWithoutSync, boundaryOffByOne, clipBoundInCode, lightningClip, kerasClips, skippedUpdate],
  ...[decayOnNorms, coupledDecay, noDecayNames, optaxOrder, decayRangeInCode, decayOnScalars, builtBefore],
  ...[functionalDropout, attentionDropout, dropoutRangeInCode, recurrentDropout, dropoutBeforeNorm],
  ...[smallBatch, unsyncedBatchNorm, convertedLate, deepPostNorm, noFinalNorm, groupNormGroups],
  ...[trainingMetric, noValidation, restoreBest, earlyStoppingNeeds, unreasonablePatience, monitorMode],
  ...[evalInLoop, noEval],
  ...[noSmoothing, smoothingRangeInCode, smoothedTwice, temperatureSquared, klInput, klReduction],
  ...[unusedAverage, averageEachMicroBatch, averageDecay, averagedBatchNorm, spectralNormTwice, tiedAfter],
];
