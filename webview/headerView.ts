import * as l10n from '@vscode/l10n';
import type { RunSnapshot, RunSummary } from '../src/protocol';
import { el, woven } from './dom';
import { nameOr, position, tame } from './words';

/** Facts shown about a run: a log may state hundreds. */
const FACTS = 12;
/** What one wants to know of a training before where it was written to, by the names that scripts give it. */
const TELLING =
  /(?:^|[/.])(?:model|model_name|model_name_or_path|arch|framework|dataset|optim|optimizer|lr\d?|learning_rate|lr_schedule|lr_scheduler_type|warmup_(?:steps|iters|ratio|epochs)|batch|batch_size|per_device_train_batch_size|(?:total_|num_|max_|num_train_)?(?:epochs|steps|iters)|weight_decay|dropout|label_smoothing|clip_norm|grad_clip|max_grad_norm)$/i;

export type Heading = Pick<RunSnapshot, 'skipped' | 'context' | 'recognition'> & {
  summary: Pick<RunSummary, 'title' | 'path' | 'state' | 'format' | 'points'>;
};
/** Below this a format was guessed from little, and the page says so. */
const SURE = 0.7;

/** How a run stands, in words. */
export function stateWord(state: RunSummary['state']): string {
  const words: Readonly<Record<RunSummary['state'], string>> = {
    running: l10n.t('running'),
    finished: l10n.t('finished'),
    stopped: l10n.t('stopped'),
    crashed: l10n.t('crashed'),
    unknown: l10n.t('not growing'),
  };
  return words[state];
}

/** Whether the log says that nothing more will come. */
export function hasEnded(state: RunSummary['state']): boolean {
  return state === 'finished' || state === 'stopped' || state === 'crashed';
}

/** Title line: the run, its state, how it was read, what else the log says about it. */
export function headerView(
  { summary, skipped, context, recognition }: Heading,
  changeFormat: () => void,
): HTMLElement {
  const change = el(
    'button',
    {
      class: 'link',
      title: l10n.t('Read this log as another format'),
      attributes: { type: 'button', 'data-key': 'change format' },
    },
    l10n.t('change'),
  );
  change.addEventListener('click', changeFormat);
  const all = Object.entries(context);
  const ordered = [true, false].flatMap((telling) => all.filter(([name]) => TELLING.test(name) === telling));
  const [facts, rest] = [ordered.slice(0, FACTS), ordered.slice(FACTS)];
  return el(
    'header',
    { class: 'run' },
    el('h1', { title: summary.path }, el('bdi', {}, nameOr(summary.title))),
    el('span', { class: `state ${summary.state}` }, stateWord(summary.state)),
    el(
      'span',
      { class: 'muted', title: recognition?.why ?? '' },
      ...woven(readAs(recognition), el('bdi', {}, summary.format), change),
      ` · ${points(summary.points)}`,
    ),
    skippedLines(skipped),
    facts.length === 0 ? null : el('p', { class: 'facts muted' }, ...facts.map(fact), furtherFacts(rest)),
  );
}

/** How the log was read: a place for the format and one for what changes it. */
function readAs(recognition: Heading['recognition']): string {
  const guessed = recognition !== null && recognition.confidence < SURE;
  return guessed ? l10n.t('probably read as {0}, {1}') : l10n.t('read as {0}, {1}');
}

function points(amount: number): string {
  return amount === 1 ? l10n.t('1 point') : l10n.t('{0} points', position(amount));
}

function skippedLines({ lines, first }: RunSnapshot['skipped']): HTMLElement | null {
  if (lines === 0) return null;
  const amount =
    lines === 1 ? l10n.t('1 line not understood') : l10n.t('{0} lines not understood', position(lines));
  const text = first
    ? l10n.t('{0} (the first is line {1}: {2})', amount, String(first.line), first.reason)
    : amount;
  return el('p', { class: 'muted' }, text);
}

/** That there are more, which the pointer shows. */
function furtherFacts(rest: readonly [string, string | number][]): HTMLElement | null {
  if (rest.length === 0) return null;
  const title = rest.map(([name, value]) => tame(`${name} ${value}`)).join('\n');
  return el('span', { title }, l10n.t('{0} more', rest.length));
}

function fact([name, value]: [string, string | number]): HTMLElement {
  return el('span', {}, el('bdi', {}, name), ' ', el('bdi', { class: 'value' }, String(value)));
}
