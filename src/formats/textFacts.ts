import { parseNumber } from './numbers';

/** A fact about the run that is no curve, by the name that all formats give it. */
export type Fact = readonly [key: string, value: string | number];

/** Settings that are worth a line on the page, by the names that scripts give them. */
const SETTINGS: ReadonlyMap<string, string> = new Map([
  ...['lr', 'lr0', 'learning_rate', 'base_lr'].map((name) => [name, 'learning_rate'] as const),
  ...['batch', 'batch_size', 'per_device_train_batch_size', 'train_batch_size'].map(
    (name) => [name, 'batch_size'] as const,
  ),
  ...['epochs', 'num_epochs', 'max_epochs', 'num_train_epochs'].map(
    (name) => [name, 'total_epochs'] as const,
  ),
  ...['max_steps', 'max_iters', 'total_steps', 'train_iters'].map((name) => [name, 'total_steps'] as const),
  ...['arch', 'model', 'model_name', 'model_name_or_path', 'backbone'].map(
    (name) => [name, 'model'] as const,
  ),
  ...['weight_decay', 'wd'].map((name) => [name, 'weight_decay'] as const),
  ...['dropout', 'drop', 'dropout_rate'].map((name) => [name, 'dropout'] as const),
  ...['label_smoothing', 'smoothing'].map((name) => [name, 'label_smoothing'] as const),
  ...['clip_grad', 'max_grad_norm', 'grad_clip', 'clip'].map((name) => [name, 'clip_norm'] as const),
  ...['opt', 'optim', 'optimizer'].map((name) => [name, 'optimizer'] as const),
  ...['scheduler', 'sched', 'lr_scheduler', 'lr_scheduler_type'].map(
    (name) => [name, 'lr_schedule'] as const,
  ),
  ...['num_classes', 'n_classes', 'nb_classes'].map((name) => [name, 'num_classes'] as const),
  ...['dataset', 'data_set', 'dataset_name'].map((name) => [name, 'dataset'] as const),
]);

/** Nothing else may stand in the line: what is said beside it would be lost. */
const ARGUMENTS = /^.{0,60}?\bNamespace\((\s*[A-Za-z_]\w*=.*)\)\s*$/;
/** What a list of arguments holds and a line of metrics does not: `amp=True, batch=8, cfg=None`. */
const SWITCH = /\b[A-Za-z_]\w*=(?:None|True|False)(?=[,)]|\s*$)/g;
const SWITCHES = 3;
/** YOLO's line of them, all of which are numbers. */
const HYPERPARAMETERS = /\bhyperparameters: [a-z]\w*=/;
/** What stands before a list: `engine/trainer: `. */
const WHOSE = /^.{0,60}?: (?=[A-Za-z_]\w*=)/;
const PAIR = /(?:^|[(,]\s*)([A-Za-z_]\w*)=('[^']*'|"[^"]*"|[^,()[\]{}]+)(?=[,)]|\s*$)/g;
/** What the Hugging Face Trainer prints before it starts. */
const TRAINER = /\b(Num Epochs|Total optimization steps|Instantaneous batch size per device) = ([\d,]+)\s*$/;
const BY_TRAINER: Readonly<Record<string, string>> = {
  'Num Epochs': 'total_epochs',
  'Total optimization steps': 'total_steps',
  'Instantaneous batch size per device': 'batch_size',
};
const LONGEST = 20_000;

/** Whether a line only says how a training is set up: its numbers are no points of a curve. */
export function isSetUp(text: string): boolean {
  if (text.length > LONGEST) return false;
  return (
    (text.includes('Namespace(') && ARGUMENTS.test(text)) ||
    (text.includes(' = ') && TRAINER.test(text)) ||
    isListOfArguments(text)
  );
}

/** As Ultralytics prints its own. */
function isListOfArguments(text: string): boolean {
  if (text.includes('hyperparameters: ') && HYPERPARAMETERS.test(text)) return true;
  return text.includes(', ') && (text.match(SWITCH)?.length ?? 0) >= SWITCHES;
}

/** The facts in such a line: the arguments of a script as argparse prints them, or what the Trainer announces. */
export function factsIn(text: string): Fact[] {
  const announced = TRAINER.exec(text);
  if (announced) {
    const value = parseNumber(announced[2]!.replaceAll(',', ''));
    return value === undefined ? [] : [[BY_TRAINER[announced[1]!]!, value]];
  }
  const given = ARGUMENTS.exec(text)?.[1] ?? text.replace(WHOSE, '');
  return [...given.matchAll(PAIR)].flatMap(([, name, written]): Fact[] => {
    const key = SETTINGS.get(name!.toLowerCase());
    const bare = written!.trim().replace(/^['"]|['"]$/g, '');
    if (key === undefined || /^(none|null|false|true|)$/i.test(bare)) return [];
    return [[key, parseNumber(bare) ?? bare.slice(0, 80)]];
  });
}
