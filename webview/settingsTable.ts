import * as l10n from '@vscode/l10n';
import { checkbox } from './controls';
import { settingsOf, type RunOnPage, type Setting } from './comparison';
import { el } from './dom';
import { Keyed } from './keyed';
import type { RunLook } from './look';
import { headCell, scrolling } from './tableParts';

/** The settings of the runs side by side, behind a disclosure: those that differ, or all. */
export class SettingsTable {
  private readonly summary = el('summary');
  readonly element: HTMLElement;
  private readonly titles: Keyed<readonly string[]>;
  private readonly settings: Keyed<Setting>;

  constructor(all: boolean, onAll: (all: boolean) => void) {
    const [head, rows] = [el('thead'), el('tbody')];
    const { element: box } = checkbox(l10n.t('Show all'), all, onAll);
    this.element = el('details', {}, this.summary, box, scrolling(l10n.t('Settings'), head, rows));
    this.titles = new Keyed(head, (titles) =>
      el('tr', {}, headCell(l10n.t('setting')), ...titles.map((title) => headCell(title))),
    );
    this.settings = new Keyed(rows, settingRow);
  }

  update(runs: readonly RunOnPage[], looks: ReadonlyMap<string, RunLook>, all: boolean): void {
    const settings = settingsOf(runs.map(({ run }) => run?.context ?? {}));
    const differing = settings.filter(({ differs }) => differs).length;
    const text = l10n.t('Settings: {0} of {1} differ', differing, settings.length);
    if (this.summary.textContent !== text) this.summary.textContent = text;
    this.element.hidden = settings.length === 0;
    const titles = runs.map(({ about }) => looks.get(about.path)!.title);
    this.titles.show([{ key: 'head', item: titles }]);
    this.settings.show(
      settings.filter(({ differs }) => all || differs).map((item) => ({ key: item.name, item })),
    );
  }
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
