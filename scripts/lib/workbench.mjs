import { chromium } from 'playwright-core';
import { chromiumFlags, findChromium } from './chromium.mjs';

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
 * Runs a test module inside VS Code's extension host and resolves with its exit code; its console comes out here.
 * @param extension folder of the extension under development
 * @param tests path of the bundled module that exports `run()`
 */
export async function runInside({ server, folder, extension, tests, env = [], timeout = 240_000, onPage }) {
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  const { browser, page } = await openWorkbench({
    server,
    folder,
    payload: [
      ['extensionDevelopmentPath', remote(server, extension)],
      ['extensionTestsPath', remote(server, tests)],
      ...env,
    ],
    prepare: async (page) => {
      await page.exposeFunction('codeAutomationLog', (type, args) => {
        const stream = type === 'error' || type === 'warn' ? process.stderr : process.stdout;
        stream.write(`${args.map(String).join(' ')}\n`);
      });
      await page.exposeFunction('codeAutomationExit', (code) => finish(code));
    },
  });
  const timer = setTimeout(() => finish(124), timeout);
  try {
    await onPage?.(page, finished);
    return await finished;
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}
