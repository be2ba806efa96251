/** Which way a metric gets better; `none` for what is no quality (learning rate, time, memory). */
export type Direction = 'lower' | 'higher' | 'none';

/** Speed, memory and settings: a number so named is no quality, whatever else its name says (`loss_scale`, `acc_time`). */
const NEVER =
  /^(?:time|times|timesteps|eta|speed|tps|tflops|flops|mfu|memory|mem|gpu|cpu|fps|ms|sec|secs|seconds?|runtime|elapsed|remaining|duration|scale|scaler|weight|bsz|wpb|ups|wps|percentage|wall|lr|wd|momentum|packets?)$/;

const LOWER =
  /^(?:\w*loss\d*|errors?\d*|err\d*|ppl|perplexity|nll|ce|bce|mse|mae|rmse|mape|smape|rmsle|msle|cer|wer|per|ter|fid|kid|lpips|bpc|bpb|bpd|\w*logloss|xent|crossentropy|multiclass|eer|mcd|nme|l1|l2|损失)$/;

const HIGHER =
  /^(?:acc(?:uracy)?\d*|accuracies|top\d+|f\d|f|fscore|fmeasure|\w*f1|auc|auroc|auprc|prauc|map\d*|\w?ap\d+|dice|m?iou\d*|bleu\d*|rouge\d*|rouge[l12]\w*|chrf|meteor|cider|spice|spearman\w*|pearson\w*|precision|recall|psnr|ssim|rew|rewards?|rewmean|return|returns|hr|ndcg|mrr|scores?|r2|kappa|mcc|em|hellaswag|loglike|objf|success|winrate|pck|hota|mota|正确率|准确率)$/;

/** `bits_per_dim`, `bits/char`. */
const PER_UNIT = /\b(?:bits|nats)(?:[_ -]?per[_ -]?|\/)(?:dim|char|byte|token|word|pixel)/i;
/** What generative models maximise; its negative is a loss. */
const LIKELIHOOD = /(?:^|[^a-z])(?:neg(?:ative)?[_ -]?)?(?:elbo|log[_ -]?lik(?:elihood)?)(?:$|[^a-z])/i;
const NEGATED = /^-|(?:^|[^a-z])neg(?:ative)?(?:[^a-z]|elbo|log)/i;

/** Which way a metric gets better, judged by the words of its name; losses may be negative, so no sign is implied. */
export function directionOf(name: string): Direction {
  const words = wordsOf(name);
  if (words.some((word) => NEVER.test(word))) return 'none';
  // The phoneme error rate ends its name; "steps per print" is something else.
  if (
    words.some((word, index) => LOWER.test(word) && (word !== 'per' || index === words.length - 1)) ||
    /cross[ _-]?entropy/i.test(name)
  )
    return 'lower';
  if (PER_UNIT.test(name)) return 'lower';
  if (LIKELIHOOD.test(name)) return NEGATED.test(name) ? 'lower' : 'higher';
  if (/\bm?(?:ean_)?io_u/i.test(name)) return 'higher';
  if (words.some((word) => HIGHER.test(word))) return 'higher';
  return 'none';
}

/** `metrics/mAP50-95(B)` -> metrics, map50, 95, b; `CrossEntropyLoss` -> crossentropyloss, cross, entropy, loss. */
function wordsOf(name: string): string[] {
  const words: string[] = [];
  for (const word of name.split(/[^\p{L}\p{N}]+/u)) {
    if (word === '') continue;
    words.push(word.toLowerCase());
    if (/[a-z][A-Z]/.test(word)) {
      words.push(
        ...word
          .split(/(?<=[a-z])(?=[A-Z])/)
          .flatMap((part) => (part.length > 2 || /\d/.test(part) ? [part.toLowerCase()] : [])),
      );
    }
  }
  return words;
}
