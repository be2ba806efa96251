import type { RunSnapshot, RunSummary } from '../src/protocol';
import { el } from './dom';
import { count, nameOr } from './words';

const states: Readonly<Record<RunSummary['state'], string>> = {
  running: 'running',
  finished: 'finished',
  stopped: 'stopped',
  crashed: 'crashed',
  unknown: 'not growing',
};
/** Facts shown about a run: a log may state hundreds. */
const FACTS = 12;

export type Heading = Pick<RunSnapshot, 'skipped' | 'context' | 'recognition'> & {
  summary: Pick<RunSummary, 'title' | 'path' | 'state' | 'format' | 'points'>;
};
/** Below this a format was guessed from little, and the page says so. */
const SURE = 0.7;

/** How a run stands, in words. */
export function stateWord(state: RunSummary['state']): string {
  return states[state];
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
      title: 'Read this log as another format',
      attributes: { type: 'button', 'data-key': 'change format' },
    },
    'change',
  );
  change.addEventListener('click', changeFormat);
  const facts = Object.entries(context).slice(0, FACTS);
  return el(
    'header',
    { class: 'run' },
    el('h1', { title: summary.path }, el('bdi', {}, nameOr(summary.title))),
    el('span', { class: `state ${summary.state}` }, stateWord(summary.state)),
    el(
      'span',
      { class: 'muted', title: recognition?.why ?? '' },
      `${guessed(recognition)}read as `,
      el('bdi', {}, summary.format),
      ', ',
      change,
      ` · ${count(summary.points, 'point')}`,
    ),
    skippedLines(skipped),
    facts.length === 0 ? null : el('p', { class: 'facts muted' }, ...facts.map(fact)),
  );
}

function guessed(recognition: Heading['recognition']): string {
  return recognition !== null && recognition.confidence < SURE ? 'probably ' : '';
}

function skippedLines({ lines, first }: RunSnapshot['skipped']): HTMLElement | null {
  if (lines === 0) return null;
  const where = first ? ` (the first is line ${first.line}: ${first.reason})` : '';
  return el('p', { class: 'muted' }, `${count(lines, 'line')} not understood${where}`);
}

function fact([name, value]: [string, string | number]): HTMLElement {
  return el('span', {}, el('bdi', {}, name), ' ', el('bdi', { class: 'value' }, String(value)));
}
