import * as l10n from '@vscode/l10n';
import { basename, dirname } from 'node:path';
import type { Command } from 'vscode';
import { symptomTitle } from '../../analysis/symptomNotes';
import { number } from '../../analysis/wording';
import type { Effect } from '../../ledger/effect';
import { isConfounded, type Step } from '../../ledger/ledger';
import {
  changeText,
  confounded,
  effectText,
  improvedText,
  movedText,
  placeText,
  sureText,
  valuesText,
} from '../../ledger/words';
import { listed } from '../../listed';
import { commands } from '../ids';
import { toldApart } from '../runs/names';
import { labelWord, stateWord } from '../words';

/** A line of what there is to say about a run. */
export interface Line {
  readonly kind: 'line';
  readonly text: string;
  /** Paler, behind the text. */
  readonly aside?: string;
  /** All of it, where the text says it in a few words. */
  readonly whole?: string;
  /** Of VS Code's icons. */
  readonly icon: string;
  readonly command?: Command;
}
type MakeLine = (icon: string, text: string, more?: Partial<Line>) => Line;

const line: MakeLine = (icon, text, more = {}) => ({ kind: 'line', text, icon, ...more });

/**
 * The folder of each script, since those of several folders are often called the same; with what tells folders of one name apart.
 * @param relative the path of a script in the workspace
 */
export function placesOf(scripts: readonly string[], relative: (script: string) => string): string[] {
  const named = scripts.map((path) => ({ path, name: relative(path) }));
  // None is the output of a program: no time is told.
  return toldApart(named, 0, 'en').map((name, i) => {
    const own = named[i]!.name;
    const folder = dirname(own) === '.' ? '' : dirname(own);
    return `${folder}${name.slice(own.length)}`.replace(/^ · /, '');
  });
}

/** What there is to say about a run, each in a line that is short enough for a side bar. */
export function linesOf(step: Step): Line[] {
  const { changes, effects, entry } = step;
  const outcomes = entry.outcomes.map(({ metric, best, ...place }) =>
    l10n.t('best {0} {1} at {2}', metric, number(best), placeText(place)),
  );
  const verdict = entry.label === null ? stateWord(entry.state) : labelWord(entry.label);
  return [
    line('graph-line', verdict, { command: showRun(entry.run), aside: listed(outcomes) }),
    ...(changes?.settings ?? []).map((change) =>
      line(change.technique === null ? 'settings' : 'symbol-property', changeText(change)),
    ),
    ...(changes?.files ?? []).map(({ path, from, to }) => {
      const title = l10n.t('Show What Changed');
      const command = { command: commands.diffExperiment, title, arguments: [path, from, to] };
      return line('diff', l10n.t('{0} changed', basename(path)), { command });
    }),
    ...effects.flatMap(effectLines),
    ...remarkLines(step),
  ];
}

/** Opens the panel of a run. */
export function showRun(path: string): Command {
  return { command: commands.showRun, title: l10n.t('Show Run'), arguments: [{ path }] };
}

/** What `remarks` says in sentences. */
function remarkLines(step: Step): Line[] {
  const { gone, come, entry } = step;
  return [
    ...entry.applied.map(({ title }) => line('wand', title, { aside: l10n.t('applied from Fitcheck') })),
    ...gone.map((id) => line('check', symptomTitle(id), { aside: l10n.t('gone') })),
    ...come.map((id) => line('warning', symptomTitle(id), { aside: l10n.t('new') })),
    ...(isConfounded(step)
      ? [line('info', l10n.t('several regularisers at once'), { whole: confounded() })]
      : []),
  ];
}

function effectLines(effect: Effect): Line[] {
  const whole = effectText(effect);
  const moved = movedText(effect);
  return [
    line('beaker', valuesText(effect), { aside: improvedText(effect), whole }),
    ...(moved === null ? [] : [line('location', moved, { whole })]),
    line(effect.verdict === 'unknown' ? 'question' : 'pass', sureText(effect, true), { whole }),
  ];
}
