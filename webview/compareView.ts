import * as l10n from '@vscode/l10n';
import { listed } from '../src/listed';
import { badge } from './controls';
import { columnsOf, leader, standing, type Column, type RunOnPage } from './comparison';
import { el } from './dom';
import { hasEnded, stateWord } from './headerView';
import { Keyed } from './keyed';
import type { RunLook } from './look';
import { SettingsTable } from './settingsTable';
import { headCell, scrolling } from './tableParts';
import { verdictWord } from './verdictView';
import { brief, nameOr, position } from './words';

export interface CompareEvents {
  /** Hides or shows a run in all charts. */
  toggle(path: string): void;
  /** Shows only this run; all if it is that already. */
  isolate(path: string): void;
  remove(path: string): void;
  allSettings(all: boolean): void;
}

interface Cell {
  best: string;
  at: string;
  last: string;
  leads: boolean;
}

interface Row {
  path: string;
  main: boolean;
  look: RunLook;
  about: string;
  cells: (Cell | null)[];
}

/** The runs that are compared: a legend for all charts, with the best and the last value of each metric, and settings. */
export class CompareView {
  readonly element: HTMLElement;
  private readonly head: Keyed<readonly Column[]>;
  private readonly rows: Keyed<Row>;
  private readonly settings: SettingsTable;

  constructor(allSettings: boolean, events: CompareEvents) {
    const [head, rows] = [el('thead'), el('tbody')];
    this.settings = new SettingsTable(allSettings, (all) => events.allSettings(all));
    this.element = el(
      'section',
      { class: 'compare', attributes: { 'aria-label': l10n.t('Compared runs') } },
      scrolling(l10n.t('Runs'), head, rows),
      this.settings.element,
    );
    this.head = new Keyed(head, headRow);
    this.rows = new Keyed(rows, (row) => runRow(row, events));
  }

  update(runs: readonly RunOnPage[], looks: ReadonlyMap<string, RunLook>, allSettings: boolean): void {
    this.element.hidden = looks.size === 0;
    if (looks.size === 0) return;
    const curves = runs.map((one) => one.curves?.all ?? []);
    const columns = columnsOf(curves.flat());
    const standings = columns.map((column) => curves.map((own) => standing(own, column)));
    const leaders = columns.map((column, i) => leader(standings[i]!, column));
    this.head.show([{ key: 'head', item: columns }]);
    this.rows.show(
      runs.map((one, i) => {
        const { path } = one.about;
        const cells = standings.map((all, column): Cell | null => {
          const own = all[i];
          if (!own) return null;
          const leads = leaders[column] === i;
          return { best: brief(own.best), at: position(own.at), last: brief(own.last), leads };
        });
        return {
          key: path,
          item: { path, main: i === 0, look: looks.get(path)!, about: aboutRun(one), cells },
        };
      }),
    );
    this.settings.update(runs, looks, allSettings);
  }
}

/** How a run stands, or why it can't be read. */
function aboutRun({ about, run }: RunOnPage): string {
  if (about.problem !== null) return about.problem;
  if (!run) return l10n.t('reading …');
  const { label, state } = run.summary;
  return listed([label ? verdictWord(label, hasEnded(state)) : l10n.t('not judged yet'), stateWord(state)]);
}

function headRow(columns: readonly Column[]): HTMLElement {
  const metrics = columns.flatMap(({ name, split }) => {
    const title = nameOr(split === null ? name : `${split} ${name}`);
    return [headCell(l10n.t('best {0}', title)), headCell(l10n.t('last'))];
  });
  return el('tr', {}, headCell(l10n.t('run')), el('td'), headCell(l10n.t('verdict')), ...metrics);
}

function runRow({ path, main, look, about, cells }: Row, events: CompareEvents): HTMLElement {
  const swatch = el('span', { class: 'swatch', attributes: { 'aria-hidden': 'true' } });
  swatch.style.borderTopColor = look.colour;
  const toggle = el(
    'button',
    {
      class: 'key',
      title: l10n.t('{0}: show or hide in all charts; with Alt: only this', path),
      attributes: { type: 'button', 'aria-pressed': String(!look.hidden), 'data-key': `toggle ${path}` },
      on: { dblclick: () => events.isolate(path) },
    },
    swatch,
    el('bdi', { class: 'name' }, look.title),
  );
  toggle.addEventListener('click', ({ altKey }) => (altKey ? events.isolate(path) : events.toggle(path)));
  return el(
    'tr',
    {},
    el('th', { attributes: { scope: 'row' } }, toggle),
    el(
      'td',
      { class: 'actions' },
      action('only', l10n.t('only'), l10n.t('Only {0}', look.title), () => events.isolate(path)),
      main
        ? badge(l10n.t('this panel'))
        : action('remove', l10n.t('remove'), l10n.t('Remove {0}', look.title), () => events.remove(path)),
    ),
    el('td', { class: 'about' }, el('bdi', {}, about)),
    ...cells.flatMap((cell) => [bestCell(cell), el('td', {}, cell?.last ?? '')]),
  );

  function action(key: string, text: string, label: string, onClick: () => void): HTMLElement {
    return el(
      'button',
      {
        class: 'link',
        attributes: { type: 'button', 'aria-label': label, 'data-key': `${key} ${path}` },
        on: { click: onClick },
      },
      text,
    );
  }
}

function bestCell(cell: Cell | null): HTMLElement {
  if (!cell) return el('td', { class: 'muted' }, '–');
  const value = cell.leads ? el('strong', { title: l10n.t('best of these runs') }, cell.best) : cell.best;
  return el('td', {}, value, el('span', { class: 'muted' }, l10n.t(' at {0}', cell.at)));
}
