import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { homedir, platform } from 'node:os';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

/** For machines without internet, and for root: what Chromium needs to start, and what keeps it from phoning. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

/**
 * Path of a Chromium: FITCHECK_CHROMIUM or CHROME_PATH, the PATH, Playwright's cache; else installs one through
 * Playwright, else through apt (root on Debian). Throws with one line that says what to do.
 */
export async function findChromium() {
  const found = known();
  if (found) return found;
  process.stderr.write('no Chromium found; trying to install one with Playwright …\n');
  await run('npx', ['--yes', 'playwright', 'install', 'chromium'], { timeout: 180_000 });
  if (known()) return known();
  if (platform() === 'linux' && process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    process.stderr.write('trying apt-get install chromium …\n');
    await run('apt-get', ['update', '-qq']);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
    if (known()) return known();
  }
  throw new Error(
    'no Chromium: install one (apt-get install chromium, or any Chrome) or set FITCHECK_CHROMIUM to its path',
  );
}

function known() {
  const { FITCHECK_CHROMIUM, CHROME_PATH, PATH = '' } = process.env;
  const onPath = PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [FITCHECK_CHROMIUM, CHROME_PATH, ...onPath, ...playwrightsOwn()].find(isExecutable);
}

function playwrightsOwn() {
  const caches = { darwin: 'Library/Caches/ms-playwright', win32: 'AppData/Local/ms-playwright' };
  const cache =
    process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), caches[platform()] ?? '.cache/ms-playwright');
  if (!existsSync(cache)) return [];
  const inside = [
    'chrome-linux/chrome',
    'chrome-linux64/chrome',
    'chrome-win/chrome.exe',
    'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  ];
  return readdirSync(cache)
    .filter((name) => name.startsWith('chromium-'))
    .flatMap((name) => inside.map((path) => join(cache, name, path)));
}

function isExecutable(path) {
  if (!path) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
