import { format } from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from './chromium.mjs';

/** Begins the suite's own lines among all that VS Code prints. */
const MARK = '[suite] ';

/** Opens VS Code's page on a folder. `payload` are its [name, value] pairs: development extension, tests, … */
export async function openWorkbench({
  server,
  folder,
  payload = [],
  viewport = { width: 1440, height: 900 },
  prepare,
}) {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumFlags });
  const page = await browser.newPage({ viewport });
  await prepare?.(page);
  const query = new URLSearchParams({
    folder,
    payload: JSON.stringify([['skipWelcome', 'true'], ...payload]),
  });
  await page.goto(`${server.url}/?${query}`);
  return { browser, page };
}

/** A path on the server's machine as VS Code addresses it. */
export function remote(server, path) {
  return `vscode-remote://${server.authority}${path}`;
}

/**
 * Runs a test module inside VS Code's extension host; its console is shown as it comes.
 * @param extension folder of the extension under development
 * @param tests path of the bundled module that exports `run()`
 * @returns {Promise<{ code: number, output: string }>} code 124 when it took longer than `timeout` ms
 */
export async function runInside({ server, folder, extension, tests, timeout = 600_000 }) {
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  let output = '';
  const { browser } = await openWorkbench({
    server,
    folder,
    payload: [
      ['extensionDevelopmentPath', remote(server, extension)],
      ['extensionTestsPath', remote(server, tests)],
    ],
    prepare: async (page) => {
      await page.exposeFunction('codeAutomationLog', (_type, args) => {
        const line = `${format(...args)}\n`;
        output += line;
        if (line.startsWith(MARK)) process.stdout.write(line.slice(MARK.length));
      });
      await page.exposeFunction('codeAutomationExit', (code) => finish(code));
    },
  });
  const timer = setTimeout(() => finish(124), timeout);
  try {
    return { code: await finished, output };
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}
