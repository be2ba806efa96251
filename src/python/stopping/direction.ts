/** Whether a metric is better when it is lower or higher, by its name; null where the name does not tell. */
export function directionOf(name: string): 'min' | 'max' | null {
  if (/loss|err|mse|mae|rmse|perplexity|ppl|nll|wer|cer|ce$|bce|cost|fid/i.test(name)) return 'min';
  if (/acc|f1|auc|map\b|_map|iou|dice|bleu|rouge|recall|precision|r2|top1|top5|psnr|ssim|score/i.test(name))
    return 'max';
  return null;
}
