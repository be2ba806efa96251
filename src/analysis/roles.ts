import type { Split } from '../formats/format';
import type { Series } from '../runs/series';

/** What kind of training it is: for the last two, loss and "validation" do not mean what they usually do. */
export type RunKind = 'supervised' | 'adversarial' | 'reinforcement';

const lossWord = /loss|nll|perplexity|ppl|cross.?entropy|logloss|objective/i;
/** AMP's scale, loss weights, and means of means are numbers about the loss, not the loss. */
const notLoss = /loss[_ ]?scale|scaler|loss[_ ]?weight|best|min[_ ]|early|patience/i;
const boundary = '(?:^|[^a-z])';
const generator = new RegExp(
  `${boundary}(?:g|gen|generator|adv|adversarial|loss_?g|g_?loss)(?:$|[^a-z])`,
  'i',
);
const discriminator = new RegExp(`${boundary}(?:d|dis|disc|discriminator|loss_?d|d_?loss)(?:$|[^a-z])`, 'i');
/** pix2pix and CycleGAN name their losses so, without the word. */
const pixG = /^G_(?:GAN|A|B)$/;
const pixD = /^D_(?:real|fake|A|B)$/;
/** Rewards of preference tuning (`rewards/chosen`, `reward margins`) are supervised: `reward` must end the name. */
const reinforcement = new RegExp(
  `${boundary}(?:policy[_ ]?(?:gradient[_ ]?)?loss|pg[_ ]?loss|act(?:or)?[_ ]?loss|cri(?:tic)?[_ ]?loss|value[_ ]?loss|reward[_ ]?score|ep_rew_mean|ep_len_mean|` +
    'episod(?:e|ic)[_ ]?(?:reward|return|length)|mean[_ ]?reward|reward[_ ]?mean|cumulative[_ ]?reward|td[_ ]?error|approx_kl)(?:$|[^a-z])|' +
    `${boundary}rewards?$`,
  'i',
);

const returns = new RegExp(`${boundary}returns?$`, 'i');
/** A word of any program, too, and logs may begin with the source: it must be logged often, as a share of the longest curve. */
const OFTEN = { points: 3, share: 0.02 };

/** True for a loss or another quantity that is minimised and named as such. */
export function isLossLike(series: Series): boolean {
  if (series.direction === 'higher' || notLoss.test(series.key)) return false;
  return series.name === 'loss' || series.name === 'perplexity' || lossWord.test(series.key);
}

/** True for any quantity where less is better: the fallback where no loss is logged (`rmse`, `error`). */
export function isCost(series: Series): boolean {
  return series.direction === 'lower' && !notLoss.test(series.key);
}

/** True for a share of wrong answers. */
export function isErrorRate(series: Series): boolean {
  return /(?:^|[^a-z])(?:wer|cer|per|ter|eer|err|errors?|error[_ ]?rate)(?:$|[^a-z])/i.test(series.key);
}

/** Tells GAN and RL logs by the names of their curves. */
export function runKind(series: readonly Series[]): RunKind {
  const losses = series.filter((s) => isLossLike(s));
  if (losses.some((s) => generator.test(s.key)) && losses.some((s) => discriminator.test(s.key))) {
    return 'adversarial';
  }
  if (series.some((s) => pixG.test(s.key)) && series.some((s) => pixD.test(s.key))) return 'adversarial';
  const often = Math.max(OFTEN.points, OFTEN.share * Math.max(0, ...series.map(({ length }) => length)));
  const acts = series.some((s) => reinforcement.test(s.key) || (returns.test(s.key) && s.length >= often));
  return acts ? 'reinforcement' : 'supervised';
}

/** Rank among quality metrics, lower first: the ones that summarise before the ones that look at one side. */
export function qualityRank(series: Series): number {
  const key = series.key.toLowerCase();
  const order = [
    /map50-95|map_?50:95|bbox_map$|coco.*ap$|(^|[/_])map($|[/_(])/,
    /accuracy$|(^|[/_ -])acc($|[/_@1 -])|top-?1|acc1|acc@1/,
    /f1|dice|iou|auc|bleu|rouge|map/,
    /precision|recall|top-?5|acc5|psnr|ssim|r2|score/,
  ];
  const at = order.findIndex((pattern) => pattern.test(key));
  if (series.name === 'accuracy' && !/top-?5|acc5|acc@5/.test(key)) return Math.min(1, at < 0 ? 1 : at);
  return at < 0 ? order.length : at;
}

/** A key without its split and its `_step`/`_epoch` ending: what the train and val curves of a metric share. */
export function stem(series: Series): string {
  return series.key
    .toLowerCase()
    .replace(/[_/](?:step|epoch)$/, '')
    .replace(/(?:^|[^a-z])(?:training|train|validation|valid|val|eval|test|dev)(?:[^a-z]|$)/g, '_')
    .replace(/^(?:train|val|valid|eval|test)(?=[^a-z])/, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

/** Series that may be a curve of `split`; without a val split, `test` with several points is validation. */
export function ofSplit(series: readonly Series[], split: Split): Series[] {
  const own = series.filter((s) => s.split === split && hasData(s));
  if (split !== 'val' || own.length > 0) return own;
  return series.filter((s) => s.split === 'test' && s.length > 1 && hasData(s));
}

/** A column of zeros is a placeholder and no curve; an empty one is none either. */
function hasData(series: Series): boolean {
  if (series.length === 0) return false;
  const values = series.values.view();
  return !values.every((value) => value === 0);
}
