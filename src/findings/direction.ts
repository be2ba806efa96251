/** Metrics that are better when they are higher, by a word of their name. */
const higher =
  /^(acc|accuracy|f1|f1score|fscore|auc|auroc|auprc|map|ap|iou|dice|dsc|jaccard|precision|prec|recall|sensitivity|specificity|bleu|rouge\w*|psnr|ssim|r2|top[15]|mcc|kappa|ndcg|mrr)$/;
const lower =
  /^(err|error|wer|cer|eer|perplexity|ppl|mse|mae|rmse|nll|bpc|fid|bce|ce|cost|lpips|brier|\w*loss|\w*losses)$/;
const loss = /^\w*loss(es)?$/;
/** What says when or how a metric is taken, and not which it is. */
const neutral =
  /^(val|valid|validation|dev|eval|evaluation|test|train|mean|avg|average|epoch|best|total|overall|final|metric|model|cur|current|new|\d+)$/;
const prefix = /^(val|valid|validation|dev|eval|test|mean|avg|macro|micro|m)(?=.)/;

/**
 * Whether a metric is better when it is lower or higher, by the words of its name; null where they do not tell, or say
 * both. Any loss is lower: `dice_loss` is one, `dice` is none.
 */
export function directionOf(name: string): 'min' | 'max' | null {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  if (name.startsWith('-') || words.some((one) => /^(neg|negative|inv|inverse|minus|one)$/.test(one)))
    return null;
  const has = (pattern: RegExp): boolean =>
    words.some((word) => spellings(word).some((one) => pattern.test(one)));
  if (has(loss)) return 'min';
  const [up, down] = [has(higher), has(lower)];
  if (up !== down) return up ? 'max' : 'min';
  return !up && isPlainScore(name) ? 'max' : null;
}

/** A score of nothing in particular: `val_score`, and not `anomaly_score`. Usually higher is better; who says else means it. */
export function isPlainScore(name: string): boolean {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  return words.includes('score') && words.every((one) => one === 'score' || neutral.test(one));
}

/** `mIoU` is an IoU, `valacc` an accuracy, `acc1` and `map50` are numbered. */
function spellings(word: string): string[] {
  const bare = word.replace(prefix, '');
  return [word, bare, word.replace(/\d+$/, ''), bare.replace(/\d+$/, '')];
}
