import { number } from '../analysis/wording';
import type { SettingChange } from './changes';
import type { Effect, Place } from './effect';
import { isConfounded, type Step } from './ledger';

/** The document's advice, where two changes can't be told apart. */
export const CONFOUNDED =
  'Several regularisers changed at once: the effect cannot be attributed. Add one at a time and measure.';

/** `dropout 0 → 0.1`, `label_smoothing 0.1 (new)`. */
export function changeText({ name, from, to }: SettingChange): string {
  const short = name.replace(/^-+/, '');
  if (from === null) return to === 'on' ? `${short} (new)` : `${short} ${to} (new)`;
  return to === null ? `${short} (taken out)` : `${short} ${from} → ${to}`;
}

/** What changed since the run before, in one line. */
export function changesText({ entry, before, changes }: Step, most = 3): string {
  if (before === null) return 'first run';
  if (changes === null)
    return entry.code === null
      ? 'found too late to know its settings'
      : 'the settings of the run before are not known';
  const { settings, files } = changes;
  if (settings.length === 0) return files.length === 0 ? 'nothing changed' : 'code changed';
  // What people regularise with is what the document asks about: it comes first.
  const ordered = [...settings].sort((a, b) => Number(b.technique !== null) - Number(a.technique !== null));
  const more = ordered.length - most;
  return [...ordered.slice(0, most).map(changeText), ...(more > 0 ? [`${more} more`] : [])].join(', ');
}

/** `val loss 0.41 → 0.36 (better), best at epoch 12 → 19; one run each, so it may be the seed: run again to be sure` */
export function effectText({ metric, before, after, better, verdict, bestAt, runs }: Effect): string {
  const improved =
    before === after ? 'the same' : after < before === (better === 'lower') ? 'better' : 'worse';
  const change = `${metric} ${number(before)} → ${number(after)} (${improved})`;
  const place = movedText(bestAt);
  const [n, m] = runs;
  const sure = {
    unknown: 'one run each, so it may be the seed: run again to be sure',
    'within noise': `within the noise of ${n} and ${m} runs`,
    better: `more than the noise of ${n} and ${m} runs`,
    worse: `more than the noise of ${n} and ${m} runs`,
  }[verdict];
  return `${change}${place}; ${sure}`;
}

/** Where the best value lies now: `, best at epoch 12 → 19`. */
function movedText([from, to]: Effect['bestAt']): string {
  const [before, after] = [placeText(from), placeText(to)];
  if (before === after) return '';
  const unit = /^\w+ /.exec(before)![0];
  return `, best at ${before} → ${after.startsWith(unit) ? after.slice(unit.length) : after}`;
}

function placeText({ step, epoch }: Place): string {
  return epoch === null ? `step ${step}` : `epoch ${number(epoch)}`;
}

/** What there is to say about a run besides its numbers, a sentence each. */
export function remarks(step: Step): string[] {
  const { entry, gone, come } = step;
  const words = (ids: readonly string[]): string => ids.join(', ').replaceAll('-', ' ');
  return [
    ...entry.applied.map(({ title }) => `Applied from Fitcheck: ${title}.`),
    ...(gone.length > 0 ? [`No longer found: ${words(gone)}.`] : []),
    ...(come.length > 0 ? [`Newly found: ${words(come)}.`] : []),
    ...(isConfounded(step) ? [CONFOUNDED] : []),
  ];
}
