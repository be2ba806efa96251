import { badge, checkbox } from './controls';
import {
  columnsOf,
  leader,
  settingsOf,
  standing,
  type Column,
  type RunOnPage,
  type Setting,
} from './comparison';
import { el } from './dom';
import { stateWord } from './headerView';
import { Keyed } from './keyed';
import type { RunLook } from './look';
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
  private readonly head = el('thead');
  private readonly rows = el('tbody');
  private readonly settings = el('tbody');
  private readonly settingsHead = el('thead');
  private readonly summary = el('summary');
  private readonly box;
  readonly element: HTMLElement;
  private readonly keyedHead: Keyed<readonly Column[]>;
  private readonly keyedRows: Keyed<Row>;
  private readonly keyedSettings: Keyed<Setting>;
  private readonly keyedTitles: Keyed<readonly string[]>;

  constructor(allSettings: boolean, events: CompareEvents) {
    this.box = checkbox('Show all', allSettings, (all) => events.allSettings(all));
    const scrolling = (label: string, ...parts: Node[]): HTMLElement =>
      el(
        'div',
        { class: 'scrolling', attributes: { tabindex: '0', role: 'region', 'aria-label': label } },
        el('table', {}, ...parts),
      );
    this.element = el(
      'section',
      { class: 'compare', attributes: { 'aria-label': 'Compared runs' } },
      scrolling('Runs', this.head, this.rows),
      el(
        'details',
        {},
        this.summary,
        this.box.element,
        scrolling('Settings', this.settingsHead, this.settings),
      ),
    );
    this.keyedHead = new Keyed(this.head, headRow);
    this.keyedRows = new Keyed(this.rows, (row) => runRow(row, events));
    this.keyedTitles = new Keyed(this.settingsHead, (titles) =>
      el('tr', {}, headCell('setting'), ...titles.map((title) => headCell(title))),
    );
    this.keyedSettings = new Keyed(this.settings, settingRow);
  }

  update(runs: readonly RunOnPage[], looks: ReadonlyMap<string, RunLook>, allSettings: boolean): void {
    this.element.hidden = looks.size === 0;
    if (looks.size === 0) return;
    const curves = runs.map((one) => one.curves?.all ?? []);
    const columns = columnsOf(curves.flat());
    const standings = columns.map((column) => curves.map((own) => standing(own, column)));
    const leaders = columns.map((column, i) => leader(standings[i]!, column));
    this.keyedHead.show([{ key: 'head', item: columns }]);
    this.keyedRows.show(
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
    this.showSettings(runs, looks, allSettings);
  }

  private showSettings(runs: readonly RunOnPage[], looks: ReadonlyMap<string, RunLook>, all: boolean): void {
    const settings = settingsOf(runs.map(({ run }) => run?.context ?? {}));
    const differing = settings.filter(({ differs }) => differs).length;
    const text = `Settings: ${differing} of ${settings.length} differ`;
    if (this.summary.textContent !== text) this.summary.textContent = text;
    this.summary.parentElement!.hidden = settings.length === 0;
    const titles = runs.map(({ about }) => looks.get(about.path)!.title);
    this.keyedTitles.show([{ key: 'head', item: titles }]);
    this.keyedSettings.show(
      settings.filter(({ differs }) => all || differs).map((item) => ({ key: item.name, item })),
    );
  }
}

/** How a run stands, or why it can't be read. */
function aboutRun({ about, run }: RunOnPage): string {
  if (about.problem !== null) return about.problem;
  if (!run) return 'reading …';
  return `${run.summary.label ? verdictWord(run.summary.label) : 'not judged yet'}, ${stateWord(run.summary.state)}`;
}

function headCell(text: string, span = 1): HTMLElement {
  return el('th', { attributes: { scope: 'col', colspan: String(span) } }, el('bdi', {}, text));
}

function headRow(columns: readonly Column[]): HTMLElement {
  const metrics = columns.flatMap(({ name, split }) => {
    const title = nameOr(split === null ? name : `${split} ${name}`);
    return [headCell(`best ${title}`), headCell('last')];
  });
  return el('tr', {}, headCell('run'), el('td'), headCell('verdict'), ...metrics);
}

function runRow({ path, main, look, about, cells }: Row, events: CompareEvents): HTMLElement {
  const swatch = el('span', { class: 'swatch', attributes: { 'aria-hidden': 'true' } });
  swatch.style.borderTopColor = look.colour;
  const toggle = el(
    'button',
    {
      class: 'key',
      title: `${path}: show or hide in all charts; with Alt: only this`,
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
      action('only', `Only ${look.title}`, () => events.isolate(path)),
      main ? badge('this panel') : action('remove', `Remove ${look.title}`, () => events.remove(path)),
    ),
    el('td', { class: 'about' }, el('bdi', {}, about)),
    ...cells.flatMap((cell) => [bestCell(cell), el('td', {}, cell?.last ?? '')]),
  );

  function action(text: string, label: string, onClick: () => void): HTMLElement {
    return el(
      'button',
      {
        class: 'link',
        attributes: { type: 'button', 'aria-label': label, 'data-key': `${text} ${path}` },
        on: { click: onClick },
      },
      text,
    );
  }
}

function bestCell(cell: Cell | null): HTMLElement {
  if (!cell) return el('td', { class: 'muted' }, '–');
  const value = cell.leads ? el('strong', { title: 'best of these runs' }, cell.best) : cell.best;
  return el('td', {}, value, el('span', { class: 'muted' }, ` at ${cell.at}`));
}

function settingRow({ name, values, differs }: Setting): HTMLElement {
  return el(
    'tr',
    { class: differs ? 'differs' : '' },
    el('th', { attributes: { scope: 'row' } }, el('bdi', {}, name)),
    ...values.map((value) =>
      value === null ? el('td', { class: 'muted' }, '–') : el('td', {}, el('bdi', {}, value)),
    ),
  );
}
