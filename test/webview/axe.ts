import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Panel } from './panelPage';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe holds to be serious, as rule and element. */
export async function faults({ page }: Panel): Promise<string[]> {
  // Playwright's own world is not bound to the policy of the page.
  await page.evaluate(await readFile(axe, 'utf8'));
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
