import { translated } from '../translated';
import type { Incident, SymptomId, SymptomNote } from './diagnosis';

/**
 * What to know of a symptom to agree with it or not: the definition that its detector works by, where that is from, and
 * what looks the same and is none. The numbers are those of the detectors, each of which has the reasons beside them.
 */
export const symptomNotes: Readonly<Record<SymptomId, SymptomNote>> = {
  'val-loss-rising': {
    title: 'Validation gets worse',
    threshold:
      'Validation at least 5 % above its best and three times its noise, for 5 % of the evaluations (3 at least), while training still gets better. A warning from 15 %, or where it lasts a fifth of the run; an error from 30 %.',
    source: 'AUTOTRAINER; early stopping in Keras and Lightning',
    falseAlarm:
      'The validation set is small or changed during the run, the loss counts a term that the schedule turns up, or the run is in the first half of a double descent. If accuracy holds, it is the confidence that suffers.',
  },
  'generalisation-gap': {
    title: 'Wide generalisation gap',
    threshold:
      'Training loss below half of the validation loss, or accuracy 10 points apart (7 where training is above 90 %), and no new best for 10 evaluations.',
    source: 'AUTOTRAINER',
    falseAlarm:
      'Most large networks in good health have a gap. Training and validation may be measured differently (dropout or augmentation on one side only, another loss, harder validation data).',
  },
  'past-the-optimum': {
    title: 'Trained past its best',
    threshold:
      '10 evaluations without a gain of 1 % in validation while training improves by more than its noise.',
    source: 'SageMaker Debugger, rule Overtraining',
    falseAlarm:
      'A run that has converged has no new best for long, too. Evaluations that are noisy or rare hide small gains, and a later drop of the learning rate may bring a new best.',
  },
  overconfidence: {
    title: 'Overconfident answers',
    threshold: 'As val-loss-rising, while validation accuracy stays within its noise of its best.',
    source: '“Regularization Techniques” on label smoothing and mixup',
    falseAlarm:
      'If only the answers matter and no probabilities, a rising loss at constant accuracy does no harm. Accuracy on a small set may be too coarse to fall.',
  },
  memorised: {
    title: 'Training data learned by heart',
    threshold:
      'Training loss below 1e-4 of its first value, or training accuracy above 99.5 % with validation 5 points below.',
    source: 'TheDeepChecker',
    falseAlarm:
      'Networks that fit their training data completely may still generalise well; so may a task that can be solved completely.',
  },
  'validation-too-good': {
    title: 'Validation better than training',
    threshold: 'Validation accuracy 5 points above training accuracy over the second half of the run.',
    source: 'UMLAUT',
    falseAlarm:
      'Dropout, mixup and augmentation hold the training accuracy down and are seldom in the log. Training accuracy may be an average over an epoch, or of harder data.',
  },
  'never-learned': {
    title: 'Nothing is learned',
    threshold:
      'After 300 steps (20 evaluations) and a tenth of the plan the loss has gained less than 5 %, and no more than its noise explains.',
    source: 'A progress guard; for guessing, the loss of a uniform answer, ln(classes)',
    falseAlarm:
      'A fine-tuning or a resumed run begins near its end. The loss may be of a kind that has no level to reach (GAN, reinforcement learning, contrastive), or a warm-up or a frozen part keeps it still by design.',
  },
  plateau: {
    title: 'Loss on a plateau',
    threshold:
      'Flat within its noise over 40 % of the run at a poor level (accuracy below 60 %, or more than 70 % of the first loss kept), with the learning rate above a tenth of its peak.',
    source: 'TheDeepChecker',
    falseAlarm:
      'The floor of a task looks the same: fine-tuning, distillation, noisy labels. So does a long stretch before a planned drop of the learning rate.',
  },
  'high-bias': {
    title: 'Training and validation both poor',
    threshold:
      'Training and validation loss within 10 % of each other, both flat, at an accuracy below 60 % or below the target that the log states.',
    source: 'AUTOTRAINER',
    falseAlarm: 'The best that a hard task with many classes or noisy labels allows looks the same.',
  },
  'still-improving': {
    title: 'Stopped while still improving',
    threshold:
      'The run has ended while its loss fell: another fifth of the run would gain more than 5 %, a warning from 10 %.',
    source: 'AUTOTRAINER, slow convergence',
    falseAlarm:
      'The run was meant to be short (a sweep, a test, a compute budget), or it was stopped to be resumed elsewhere.',
  },
  'over-regularised': {
    title: 'Training loss above validation loss',
    threshold:
      'Training loss above 1.1 times the validation loss in half of the evaluations, and at the end.',
    source: 'TheDeepChecker; “Regularization Techniques”',
    falseAlarm:
      'Dropout, mixup and label smoothing do that in good health. The validation data may be easier, or the training loss an average over the epoch.',
  },
  'non-finite': {
    title: 'NaN or infinite values',
    threshold:
      'Any value that is NaN, infinite or beyond 1e308; a loss of exactly 0 beside a gradient norm or validation loss that is not finite; a loss stuck at 87.3365.',
    source: 'Every divergence detector; logging_nan_inf_filter of the Hugging Face Trainer; Caffe',
    falseAlarm:
      'Some infinite gradient norms under a finite loss are mixed precision looking for its loss scale. A NaN may say “not measured here”, or a batch may have been empty.',
  },
  divergence: {
    title: 'Training diverges',
    threshold:
      'The median of the last 5 at twice the best and rising, with a quarter of what was gained lost again; or ten times the first loss for a fifth of the run.',
    source: 'TheDeepChecker',
    falseAlarm:
      'A warm restart, a raised learning rate, a new data mix or a new term of the loss lifts it for a while. Augmentation or dropout that is turned up lifts it for good, which only a validation loss can tell. Losses that may be negative or that play against each other (GAN) have no such level.',
  },
  'loss-spike': {
    title: 'Spikes of the loss',
    threshold: 'More than 6 sigma above 128 points, with the median of 5 above 1.2 times the median before.',
    source: 'OLMo, with persistence instead of sigma alone',
    falseAlarm:
      'A hard batch, the start of an epoch, a resume, a learning rate that was raised or a loss that was weighed anew on purpose, or stages and tasks that begin at equal distances.',
  },
  oscillation: {
    title: 'Loss swings up and down',
    threshold:
      'Over the last 50 evaluations training turns in a fifth of them by a quarter of all it has gained, and validation swings with it.',
    source: 'TheDeepChecker; AUTOTRAINER',
    falseAlarm:
      'A cyclic learning rate, curricula that alternate, or averages that begin anew each epoch swing by design; a small validation set swings by chance.',
  },
  'gradient-explosion': {
    title: 'Gradients explode',
    threshold: 'Gradient norm above 10 times its running median of 128 points, for 5 points.',
    source: 'SageMaker Debugger, rule ExplodingTensor; AUTOTRAINER',
    falseAlarm:
      'Norms are logged before clipping: a clip at work makes them harmless. A norm summed over more ranks or more accumulated batches is larger, too.',
  },
  'gradient-vanishing': {
    title: 'Gradients vanish',
    threshold: 'Gradient norm below 1e-3 of its first level, while the loss kept 60 % of its first level.',
    source: 'SageMaker Debugger, rule VanishingGradient; AUTOTRAINER',
    falseAlarm:
      'The norm may be logged after scaling or of a part of the network; a converged loss has small gradients.',
  },
  'val-jitter': {
    title: 'Validation jumps',
    threshold:
      'Noise of validation eight times that of training and a tenth of its level, over 12 evaluations; a warning where it exceeds half the level.',
    source: '“Regularization Techniques” on batch norm',
    falseAlarm:
      'A small validation set jumps by chance, and the training loss may be an average that hides its own jumps. The model may be fine: it is the single evaluation that can not be trusted.',
  },
  'warmup-missing': {
    title: 'Warm-up missing',
    threshold:
      'A loss at 1.5 times its first level within the first 5 % of a run (20 points at least) whose learning rate starts at its peak.',
    source: '“Regularization Techniques”: training unstable, longer warmup',
    falseAlarm:
      'A resumed run starts at its rate by design. The first points may be an average that has yet to fill up.',
  },
};

/** What a person calls what happened to a run. */
export const incidentTitles: Readonly<Record<Incident['id'], string>> = {
  crashed: 'Training crashed',
  stalled: 'Training stands still',
  'throughput-drop': 'Training became slower',
};

/** What a person calls a symptom or an incident, in the user's language. An id of another version stands for itself. */
export function symptomTitle(id: SymptomId | Incident['id']): string {
  if (Object.hasOwn(symptomNotes, id)) return translated(symptomNotes[id as SymptomId].title);
  return Object.hasOwn(incidentTitles, id) ? translated(incidentTitles[id as Incident['id']]) : id;
}

/** What to know of a symptom, in the user's language. */
export function noteOf(id: SymptomId): SymptomNote {
  const { title, threshold, source, falseAlarm } = symptomNotes[id];
  return {
    title: translated(title),
    threshold: translated(threshold),
    source: translated(source),
    falseAlarm: translated(falseAlarm),
  };
}
