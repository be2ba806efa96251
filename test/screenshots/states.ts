import type { SymptomId } from '../../src/analysis/diagnosis';
import { untold } from '../../src/remedies/context';
import { assessedFor, otherTechniques } from '../../src/engine/remedyCards';
import type { ToWebview } from '../../src/protocol';
import type { Panel } from '../webview/panelPage';
import { snapshot, type Analyzer } from './analyzer';
import type { Logs } from './logs';

/** A state of the panel: what the host sends, and what its user does then. */
export interface State {
  name: string;
  /** Name of a translation; English without. */
  language?: 'zh-cn';
  /** CSS pixels. */
  width?: number;
  /** 2 is the page at 200 %. */
  zoom?: number;
  messages: readonly ToWebview[];
  act?: (panel: Panel) => Promise<void>;
  /** Its light and dark pictures are kept with the documentation. */
  kept?: boolean;
}

/** All states that the panel can be in, from real diagnoses. */
export async function panelStates(analyzer: Analyzer, logs: Logs, inChinese: Analyzer): Promise<State[]> {
  const shown = async (path: string): Promise<ToWebview> => snapshot(await analyzer.run(path));
  const overfitting = await shown(logs.sample);
  const lead = overfitting.type === 'snapshot' && overfitting.run.assessment?.diagnosis.findings[0]?.id;
  if (!lead) throw new Error('the sample training has no finding');
  const compared = await beside(analyzer, logs);
  return [
    { name: 'loading', messages: [{ type: 'loading', title: 'runs/training.csv' }] },
    {
      name: 'loading-large',
      messages: [{ type: 'loading', title: 'runs/training.csv', read: { done: 180e6, size: 421e6 } }],
    },
    {
      name: 'unreadable',
      messages: [{ type: 'problem', message: 'runs/training.csv can’t be read: no such file.' }],
    },
    { name: 'healthy', messages: [await shown(logs.healthy)], kept: true },
    { name: 'overfitting', messages: [overfitting], kept: true },
    { name: 'overfitting-network', messages: [await shown(logs.overfitting)] },
    { name: 'underfitting', messages: [await shown(logs.underfitting)], kept: true },
    { name: 'unstable', messages: [await shown(logs.unstable)], kept: true },
    { name: 'non-finite', messages: [await shown(logs.nonFinite)] },
    { name: 'undetermined', messages: [await shown(logs.undetermined)] },
    { name: 'crashed', messages: [await shown(logs.crashed)] },
    { name: 'stalled', messages: [await shown(logs.stalled)] },
    { name: 'several-trainings', messages: [await shown(logs.several)] },
    { name: 'far-value', messages: [await shown(logs.farValue)] },
    { name: 'compared', messages: compared, kept: true },
    { name: 'settings', messages: compared, act: (panel) => open(panel, '.compare summary') },
    { name: 'finding', messages: [overfitting], act: (panel) => open(panel, '.finding summary') },
    {
      name: 'finding-span',
      messages: [overfitting],
      act: async ({ page }) => page.locator('.finding button').first().click(),
    },
    { name: 'remedies', messages: [overfitting], act: (panel) => open(panel, '.remedy summary') },
    {
      name: 'dismissed',
      messages: [
        without(overfitting, lead),
        { type: 'dismissed', findings: [{ id: lead, reason: 'noise' }] },
      ],
      act: (panel) => open(panel, 'aside .more > summary'),
    },
    { name: 'narrow', width: 320, messages: [overfitting] },
    { name: 'column', width: 640, messages: [overfitting] },
    { name: 'zoomed', zoom: 2, messages: [overfitting] },
    {
      name: 'zh-cn',
      language: 'zh-cn',
      messages: [await snapshot(await inChinese.run(logs.sample))],
      act: async (panel) => {
        await open(panel, '.finding summary');
        await open(panel, '.remedy summary');
      },
    },
    {
      name: 'zh-cn-compared',
      language: 'zh-cn',
      messages: await beside(inChinese, logs),
      act: (panel) => open(panel, '.compare summary'),
    },
    {
      name: 'zh-cn-narrow',
      language: 'zh-cn',
      width: 320,
      messages: [await snapshot(await inChinese.run(logs.unstable))],
    },
  ];
}

/** A run as the host sends it when the user said that something is not so. */
function without(message: ToWebview, id: SymptomId): ToWebview {
  if (message.type !== 'snapshot' || !message.run.assessment) return message;
  const ranked = assessedFor(message.run.assessment, untold, new Set([id]));
  const assessment = { ...ranked, others: otherTechniques(ranked) };
  return { ...message, run: { ...message.run, assessment } };
}

/** A run with others beside it. */
async function beside(analyzer: Analyzer, { compared }: Logs): Promise<ToWebview[]> {
  const [first, ...others] = await Promise.all(compared.map((path) => analyzer.run(path)));
  return [
    await snapshot(first!),
    {
      type: 'compared',
      runs: others.map(({ summary: { id, path, title } }) => ({ id, path, title, problem: null })),
    },
    ...others.map((run): ToWebview => ({ type: 'other', run })),
  ];
}

async function open({ page }: Panel, summary: string): Promise<void> {
  await page.locator(summary).first().click();
  // Nothing is under the pointer in a picture.
  await page.mouse.move(0, 0);
}
