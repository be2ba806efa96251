import * as l10n from '@vscode/l10n';
import { el } from './dom';
import type { NamedFinding } from './findingTitle';
import { constantValues, type Group } from './groups';
import { Keyed } from './keyed';
import { brief, nameOr } from './words';

/** A group whose curves never change, and with which values. */
export interface Constant {
  group: Group;
  values: readonly number[];
}

/** What never changes, in a line: each opens and closes its chart. */
export class ConstantsView {
  private readonly list = el('ul');
  readonly element = el(
    'section',
    { class: 'constants', attributes: { 'aria-label': l10n.t('Constant curves') } },
    el('h3', {}, l10n.t('Constant')),
    this.list,
  );
  private readonly items: Keyed<{ name: string; text: string; open: boolean }>;

  /** @param toggle opens or closes the chart of a group */
  constructor(toggle: (name: string) => void) {
    this.items = new Keyed(this.list, ({ name, text, open }) => {
      const attributes = { type: 'button', 'aria-expanded': String(open), 'data-key': name };
      return el(
        'li',
        {},
        el(
          'button',
          {
            class: 'constant',
            title: l10n.t('Shows or hides the chart'),
            attributes,
            on: { click: () => toggle(name) },
          },
          el('bdi', { class: 'name' }, nameOr(name)),
          ' ',
          el('span', { class: 'value' }, text),
        ),
      );
    });
  }

  /** @param open the names of those whose charts are shown */
  update(constants: readonly Constant[], open: ReadonlySet<string>): void {
    this.items.show(
      constants.map(({ group: { name }, values }) => ({
        key: name,
        item: { name, text: values.map(brief).join(', '), open: open.has(name) },
      })),
    );
  }
}

/** Groups that need no chart: they never change, and no finding is about them. None where there would be no chart at all. */
export function constantsAmong(groups: readonly Group[], findings: readonly NamedFinding[]): Constant[] {
  const told = new Set(findings.flatMap(({ series }) => series));
  const constants = groups.flatMap((group) => {
    const values = constantValues(group);
    const isTold = group.curves.some(({ info, run }) => run.main && told.has(info.index));
    return values && !isTold ? [{ group, values }] : [];
  });
  return constants.length < groups.length ? constants : [];
}
