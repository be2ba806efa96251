import type { Diagnosis, Finding } from '../src/analysis/diagnosis';
import { el } from './dom';
import { Keyed } from './keyed';
import { position } from './words';

interface Item {
  finding: Finding;
  withMessage: boolean;
}

/**
 * Every finding: since when, the best point before it, its sentence (the verdict's own sentence is not repeated); the
 * link shows the line of the log.
 */
export class FindingsView {
  private readonly list = el('ul');
  readonly element = el(
    'section',
    { attributes: { 'aria-label': 'Findings' } },
    el('h2', {}, 'Findings'),
    this.list,
  );
  private readonly items: Keyed<Item>;

  constructor(reveal: (line: number) => void) {
    this.items = new Keyed(this.list, (item: Item) => findingItem(item, reveal));
  }

  update(diagnosis: Diagnosis | null): void {
    const { findings = [], verdict } = diagnosis ?? {};
    this.element.hidden = findings.length === 0;
    this.items.show(
      findings.map((finding) => ({
        key: `${finding.id} ${finding.series.join()}`,
        item: { finding, withMessage: finding.message !== verdict?.why },
      })),
    );
  }
}

function findingItem({ finding, withMessage }: Item, reveal: (line: number) => void): HTMLElement {
  const { id, severity, message, onset, best } = finding;
  const times = [onset ? `since ${place(onset)}` : '', best ? `best at ${place(best)}` : ''];
  return el(
    'li',
    { class: `finding ${severity}` },
    el('strong', {}, id),
    el('span', { class: 'severity' }, severity),
    el('p', { class: 'muted' }, times.filter(Boolean).join(', '), ...lineLink(finding, reveal)),
    withMessage ? el('p', {}, message) : null,
  );
}

function lineLink({ id, onset }: Finding, reveal: (line: number) => void): (Node | string)[] {
  const line = onset?.line ?? null;
  if (line === null) return [];
  const attributes = { type: 'button', 'data-key': `line of ${id}` };
  const link = el('button', { class: 'link', attributes, on: { click: () => reveal(line) } });
  link.textContent = `line ${position(line)}`;
  return [', ', link];
}

function place({ step, epoch }: { step: number; epoch: number | null }): string {
  return epoch === null ? `step ${position(step)}` : `epoch ${position(epoch)}`;
}
