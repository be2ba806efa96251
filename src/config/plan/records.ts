/** What trainers write down of a run (Hydra, Lightning, timm, W&B, Ultralytics): an edit there changes no later run. */
const records = [
  /(^|\/)\.hydra\//,
  /(^|\/)version_\d+\//,
  /(^|\/)wandb\//,
  /(^|\/)mlruns\//,
  /(^|\/)checkpoint-\d+\//,
  /(^|\/)(hparams|args|opt|training_args|all_config|hyperparams)\.(ya?ml|json)$/,
];

/** Whether a config is what a trainer wrote down of one run, by its path. */
export function isRecord(path: string): boolean {
  return records.some((record) => record.test(path.replaceAll('\\', '/')));
}
