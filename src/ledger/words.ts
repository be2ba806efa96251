import * as l10n from '@vscode/l10n';
import { symptomTitle } from '../analysis/symptomNotes';
import { number } from '../analysis/wording';
import { listed } from '../listed';
import type { SettingChange } from './changes';
import type { Effect, Place } from './effect';
import { stateOf } from './entry';
import { isTuned } from './techniqueOf';
import { isConfounded, type Step } from './ledger';

/** The document's advice, where two changes can't be told apart. */
export const confounded = (): string =>
  l10n.t(
    'Several regularisers changed at once: the effect cannot be attributed. Add one at a time and measure.',
  );

/** `dropout 0 → 0.1`, `label_smoothing 0.1 (new)`. */
export function changeText({ name, from, to }: SettingChange): string {
  const short = name.replace(/^-+/, '');
  if (from === null) return l10n.t('{0} (new)', to === 'on' ? short : `${short} ${to}`);
  return to === null ? l10n.t('{0} (taken out)', short) : `${short} ${from} → ${to}`;
}

/** What changed since the run before, in one line. */
export function changesText({ entry, before, changes }: Step, most = 3): string {
  if (before === null) return l10n.t('first run');
  if (changes === null)
    return entry.code === null
      ? l10n.t('found too late to know its settings')
      : l10n.t('the settings of the run before are not known');
  const { settings, files } = changes;
  const isSame = files.length === 0 || stateOf(entry) === stateOf(before);
  if (settings.length === 0) return isSame ? l10n.t('nothing changed') : l10n.t('code changed');
  // What people regularise with is what the document asks about: it comes first, then what else they tune.
  const rank = ({ name, technique }: SettingChange): number =>
    technique === null ? (isTuned(name) ? 1 : 0) : 2;
  const ordered = settings.toSorted((a, b) => rank(b) - rank(a));
  const more = ordered.length - most;
  return listed([...ordered.slice(0, most).map(changeText), ...(more > 0 ? [l10n.t('{0} more', more)] : [])]);
}

/** `val loss 0.41 → 0.36 (better), best at epoch 12 → 19; one run each, so it may be the seed: run again to be sure` */
export function effectText(effect: Effect): string {
  const change = l10n.t('{0} ({1})', valuesText(effect), improvedText(effect));
  const place = movedText(effect);
  const sure = sureText(effect);
  return place === null
    ? l10n.t('{0}; {1}', change, sure)
    : l10n.t('{0}, {1}; {2}', ...[change, place, sure]);
}

/** `val loss 0.41 → 0.36` */
export function valuesText({ metric, before, after }: Effect): string {
  return `${metric} ${number(before)} → ${number(after)}`;
}

/** In one word whether that is good. */
export function improvedText({ before, after, better }: Effect): string {
  if (before === after) return l10n.t('the same');
  return after < before === (better === 'lower') ? l10n.t('better') : l10n.t('worse');
}

/** Where the best value lies now: `best at epoch 12 → 19`; null where it was before. */
export function movedText({ bestAt: [from, to] }: Effect): string | null {
  const [before, after] = [placeText(from), placeText(to)];
  if (before === after) return null;
  if (from.epoch === null || to.epoch === null) return l10n.t('best at {0} → {1}', before, after);
  return l10n.t('best at epoch {0} → {1}', number(from.epoch), number(to.epoch));
}

/** Whether it is more than noise. @param brief in a few words, for a narrow column */
export function sureText({ verdict, runs: [n, m] }: Effect, brief = false): string {
  if (verdict === 'within noise') return l10n.t('within the noise of {0} and {1} runs', n, m);
  if (verdict !== 'unknown') return l10n.t('more than the noise of {0} and {1} runs', n, m);
  if (n + m > 2)
    return brief
      ? l10n.t('repeats came out the same')
      : l10n.t('the repeats came out the same: other seeds would tell the noise');
  return brief
    ? l10n.t('one run each: may be the seed')
    : l10n.t('one run each, so it may be the seed: run again to be sure');
}

/** `epoch 12`, or the step where there are no epochs. */
export function placeText({ step, epoch }: Place): string {
  return epoch === null ? l10n.t('step {0}', step) : l10n.t('epoch {0}', number(epoch));
}

/** Which symptoms went and came since the run before, a sentence each. */
export function symptomWords({ gone, come }: Pick<Step, 'gone' | 'come'>): string[] {
  const words = (ids: Step['gone']): string => listed(ids.map(symptomTitle));
  return [
    ...(gone.length > 0 ? [l10n.t('No longer found: {0}.', words(gone))] : []),
    ...(come.length > 0 ? [l10n.t('Newly found: {0}.', words(come))] : []),
  ];
}

/** What there is to say about a run besides its numbers, a sentence each. */
export function remarks(step: Step): string[] {
  return [
    ...step.entry.applied.map(({ title }) => l10n.t('Applied from Fitcheck: {0}.', title)),
    ...symptomWords(step),
    ...(isConfounded(step) ? [confounded()] : []),
  ];
}
