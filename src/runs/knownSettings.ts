type Settings = ReadonlyMap<string, string | number>;

/** What an analysis asks for, by the names that scripts and trackers give it, in their order of trust. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  total_epochs: [
    'num_train_epochs',
    'max_epochs',
    'num_epochs',
    'total_epochs',
    'n_epochs',
    'nb_epochs',
    'epochs',
  ],
  total_steps: [
    'max_train_steps',
    'num_train_steps',
    'max_steps',
    'total_steps',
    'max_iters',
    'train_iters',
    'total_iters',
  ],
  batch_size: ['per_device_train_batch_size', 'train_batch_size', 'batch_size', 'bs'],
  num_classes: ['num_classes', 'n_classes', 'nb_classes'],
  model: ['model_name_or_path', 'model_name', 'model', 'arch', 'architecture', 'backbone'],
  dropout: ['dropout', 'dropout_rate', 'drop', 'drop_rate'],
  label_smoothing: ['label_smoothing', 'label_smoothing_factor', 'smoothing'],
};
const TEXTS = new Set(['model']);
/** Groups in which a setting means the same as outside of them; in others (`scheduler`, `pretraining`) it may not. */
const GROUP =
  /^(?:train(?:ing|er)?|args|arguments|hparams|hyper_?parameters|params|config|cfg|opts?|model|data(?:set|module)?)$/i;
/** Settings of an agent's environment, where steps are those of an episode. */
const OF_AGENT = /^(?:env|env_id|env_name|gamma|gae_lambda)$/i;
/** A training that went further than this share of what was planned was planned otherwise. */
const BEYOND = 1.05;

/**
 * The settings of a run by the names that the analysis knows, where they can't be mistaken: a name that two groups give
 * different values says nothing, and so does a length that the run has gone beyond.
 * @param lengths how far the run is: its largest epoch and step, NaN where it counts none
 */
export function knownSettings(
  settings: Settings,
  lengths: { readonly epoch: number; readonly step: number },
): Map<string, string | number> {
  const named = byName(settings);
  const found = new Map<string, string | number>();
  for (const [key, names] of Object.entries(NAMES)) {
    const value = names.map((name) => named.get(name)).find((one) => isUsable(key, one));
    if (value !== undefined && value !== null) found.set(key, value);
  }
  const steps = found.get('total_steps');
  const isOfAgent = [...named.keys()].some((name) => OF_AGENT.test(name));
  if (isOfAgent || Number(steps) * BEYOND < lengths.step) found.delete('total_steps');
  // Hugging Face's `max_steps`, like Lightning's, is the end even when the epochs go further.
  else if (steps !== undefined) found.delete('total_epochs');
  if (Number(found.get('total_epochs')) * BEYOND < lengths.epoch) found.delete('total_epochs');
  if (named.has('transformers_version')) found.set('framework', 'transformers');
  return found;
}

/** The value of each name that is not in a group of another meaning; null where groups differ. */
function byName(settings: Settings): Map<string, string | number | null> {
  const named = new Map<string, string | number | null>();
  for (const [path, value] of settings) {
    const groups = path.split(/[/.]/);
    const name = groups.pop()!.toLowerCase();
    if (!groups.every((group) => GROUP.test(group))) continue;
    const before = named.get(name);
    named.set(name, before === undefined || before === value ? value : null);
  }
  return named;
}

function isUsable(key: string, value: string | number | null | undefined): boolean {
  if (value === undefined || value === null) return false;
  if (TEXTS.has(key)) return typeof value === 'string' && value !== '' && !/^(?:none|null)$/i.test(value);
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  if (key === 'num_classes') return Number.isInteger(value) && value > 1;
  // -1 means "no limit".
  return key === 'dropout' || key === 'label_smoothing' ? value >= 0 && value < 1 : value > 0;
}
