import * as l10n from '@vscode/l10n';
import type { Diagnosis, Finding } from '../src/analysis/diagnosis';
import type { Assessment, DismissedFinding } from '../src/protocol';
import { el } from './dom';
import { findingItem, type FindingEvents, type Item } from './findingItem';
import { Keyed, type Entry } from './keyed';

/** Every finding; those of which the user says that they are not so are folded away at the end. */
export class FindingsView {
  private readonly list = el('ul');
  private readonly folded = el('ul');
  private readonly summary = el('summary');
  private readonly more = el('details', { class: 'more' }, this.summary, this.folded);
  readonly element = el(
    'section',
    { attributes: { 'aria-label': l10n.t('Findings') } },
    el('h2', {}, l10n.t('Findings')),
    this.list,
    this.more,
  );
  private readonly lists: readonly Keyed<Item>[];

  constructor(events: FindingEvents) {
    const opened = new Set<string>();
    const build = (item: Item): HTMLElement => findingItem(item, events, opened);
    this.lists = [this.list, this.folded].map((list) => new Keyed(list, build));
  }

  update(assessment: Assessment | null, dismissed: readonly DismissedFinding[]): void {
    const { findings = [], verdict } = assessment?.diagnosis ?? {};
    this.element.hidden = findings.length === 0;
    const entries = findings.map((finding): Entry<Item> => {
      const reason = dismissed.find(({ id }) => id === finding.id)?.reason ?? null;
      const note = assessment?.notes[finding.id] ?? null;
      const withMessage = finding.message !== verdict?.why;
      const item = { finding, note, withMessage, dismissed: reason };
      return { key: `${finding.id} ${finding.series.join()}`, item };
    });
    const away = entries.filter(({ item }) => item.dismissed !== null);
    const text = l10n.t('{0} dismissed', away.length);
    if (this.summary.textContent !== text) this.summary.textContent = text;
    this.more.hidden = away.length === 0;
    this.lists[0]!.show(entries.filter(({ item }) => item.dismissed === null));
    this.lists[1]!.show(away);
  }
}

/** The finding that the verdict rests on; undefined for a run in good health, or an open verdict. */
export function leading({ findings, verdict }: Diagnosis): Finding | undefined {
  return findings.find(({ family }) => family === verdict.label);
}
