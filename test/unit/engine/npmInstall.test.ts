import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, utimes } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { failureReason } from '../../../src/engine/npmFailure';
import { installTfjsNode, type InstallOutcome } from '../../../src/engine/npmInstall';
import { installManifest, npmArguments, phaseOf, variantsFor } from '../../../src/engine/tfjsInstall';
import { temporaryFolder } from '../runs/fixtures';
import { alive, blockedHost, fails, fakeNpm, hangs, installs } from './fakeNpm';
import { abortsAtLoad, fakeTfjsNode, working } from './fakeTfjsNode';

const temporary = temporaryFolder();
const undo: (() => void)[] = [];
afterEach(() => {
  for (const work of undo.splice(0)) work();
});

interface Tried {
  outcome: InstallOutcome;
  folder: string;
  /** What is in the folder above afterwards. */
  left: string[];
  printed: string;
  phases: string[];
}

async function install(lines: string, parent: string, abort = new AbortController()): Promise<Tried> {
  undo.push(await fakeNpm(await temporary(), lines));
  const folder = join(parent, 'tfjs-node');
  const tried = { folder, printed: '', phases: [] as string[] };
  const outcome = await installTfjsNode({
    variant: 'cpu',
    folder,
    script: resolve('dist/cli.js'),
    signal: abort.signal,
    output: (text) => (tried.printed += text),
    progress: (message) => tried.phases.push(message),
  });
  return { ...tried, outcome, left: await readdir(parent) };
}

describe('installing tfjs-node', () => {
  it('puts a working install in its place, and a newer one in place of that', async () => {
    const parent = join(await temporary(), 'not yet there');
    const first = await install(installs(await fakeTfjsNode(await temporary(), working)), parent);
    expect(first.outcome).toMatchObject({
      outcome: 'installed',
      report: { info: { version: '0.0.0-fake' } },
    });
    expect(first.left).toEqual(['tfjs-node']);
    expect(first.printed).toContain(`npm ${npmArguments('cpu').join(' ')}`);
    expect(first.phases).toEqual(['npm is fetching the packages …', 'trying it …']);

    const newer = working.replace('0.0.0-fake', '0.0.1-fake');
    const second = await install(installs(await fakeTfjsNode(await temporary(), newer)), parent);
    expect(second.outcome).toMatchObject({
      outcome: 'installed',
      report: { info: { version: '0.0.1-fake' } },
    });
    expect(second.left).toEqual(['tfjs-node']);
    const index = await readFile(join(second.folder, 'node_modules/@tensorflow/tfjs-node/index.js'), 'utf8');
    expect(index).toContain('0.0.1-fake');
  });

  it('leaves what was there when npm fails, and says why', async () => {
    const parent = await temporary();
    await install(installs(await fakeTfjsNode(await temporary(), working)), parent);
    const { outcome, left, folder, printed } = await install(fails, parent);
    expect(outcome).toEqual({ outcome: 'failed', reason: failureReason(blockedHost, 1) });
    expect(left).toEqual(['tfjs-node']);
    expect(existsSync(join(folder, 'node_modules/@tensorflow/tfjs-node/index.js'))).toBe(true);
    expect(printed).toContain('getaddrinfo ENOTFOUND');
  });

  it('does not take what does not load', async () => {
    const parent = await temporary();
    const { outcome, left } = await install(
      installs(await fakeTfjsNode(await temporary(), abortsAtLoad)),
      parent,
    );
    expect(outcome).toEqual({
      outcome: 'failed',
      reason: 'It was installed and does not load: its native code crashes (signal SIGABRT).',
    });
    expect(left).toEqual([]);
  });

  it('ends npm and all that it has started when it is cancelled, and leaves nothing', async () => {
    const parent = await temporary();
    const pidFile = join(await temporary(), 'pid');
    const abort = new AbortController();
    const tried = install(hangs(pidFile), parent, abort);
    await expect.poll(() => existsSync(pidFile), { timeout: 10_000 }).toBe(true);
    await expect.poll(async () => (await readFile(pidFile, 'utf8')).trim()).not.toBe('');
    const pid = Number(await readFile(pidFile, 'utf8'));
    expect(alive(pid)).toBe(true);
    abort.abort();
    const { outcome, left } = await tried;
    expect([outcome, left]).toEqual([{ outcome: 'cancelled' }, []]);
    await expect.poll(() => alive(pid), { timeout: 10_000 }).toBe(false);
  });

  it('says so when there is no npm', async () => {
    const before = process.env.PATH;
    undo.push(() => (process.env.PATH = before));
    process.env.PATH = '/nowhere';
    const outcome = await installTfjsNode({
      variant: 'cpu',
      folder: join(await temporary(), 'tfjs-node'),
      script: resolve('dist/cli.js'),
      signal: new AbortController().signal,
      output: () => undefined,
      progress: () => undefined,
    });
    expect(outcome.outcome === 'failed' && outcome.reason).toMatch(/^npm was not found/);
  });

  it('takes away what a killed install left, and not what another window is at', async () => {
    const parent = await temporary();
    for (const name of ['old', 'new']) await mkdir(join(parent, `tfjs-node.partial-${name}`));
    const lastWeek = new Date(Date.now() - 7 * 86_400_000);
    await utimes(join(parent, 'tfjs-node.partial-old'), lastWeek, lastWeek);
    expect((await install(fails, parent)).left).toEqual(['tfjs-node.partial-new']);
  });
});

describe('what is asked of npm', () => {
  it('is the pinned package, its scripts, and no path that a shell could take apart', () => {
    const args = npmArguments('gpu');
    expect(args.at(-1)).toBe('@tensorflow/tfjs-node-gpu@4.22.0');
    expect(args).toContain('--no-save');
    for (const arg of args) expect(arg).toMatch(/^[\w@/.=-]+$/);
    expect(JSON.parse(installManifest('gpu'))).toMatchObject({
      allowScripts: { '@tensorflow/tfjs-node-gpu': true },
    });
  });

  it.each([
    ['linux', 'x64', ['cpu', 'gpu']],
    ['win32', 'x64', ['cpu', 'gpu']],
    ['darwin', 'arm64', ['cpu']],
    ['linux', 'arm64', ['cpu']],
    ['win32', 'arm64', []],
    ['freebsd', 'x64', []],
  ])('on %s %s: %j', (platform, arch, variants) => {
    expect(variantsFor(platform, arch)).toEqual(variants);
  });

  it('shows what takes long', () => {
    expect(phaseOf('* Downloading libtensorflow\n')).toMatch(/hundreds of MB/);
    expect(phaseOf('npm warn deprecated')).toBeNull();
  });
});

describe('why npm failed', () => {
  it.each([
    [
      1,
      blockedHost,
      /could not be downloaded from storage\.googleapis\.com \(ENOTFOUND\).*TFJS_NODE_CDN_STORAGE/,
    ],
    [
      1,
      'npm error code ECONNREFUSED\nnpm error FetchError: request to http://127.0.0.1:1/ failed',
      /registry \(ECONNREFUSED\)/,
    ],
    [
      1,
      'npm error code ENOTFOUND\nnpm error network This is a problem related to',
      /registry \(ENOTFOUND\): you are offline/,
    ],
    [1, 'npm error code SELF_SIGNED_CERT_IN_CHAIN', /registry \(SELF_SIGNED_CERT_IN_CHAIN\)/],
    [228, 'npm error code ENOSPC\nnpm error nospc no space left on device', /disk is full/],
    [243, "npm ERR! code EACCES\nnpm ERR! Error: EACCES: permission denied, mkdir '/x'", /Permission denied/],
    [
      1,
      '* Downloading libtensorflow\n* Building TensorFlow Node.js bindings\nnode-pre-gyp install failed with error: x',
      /C\+\+ compiler/,
    ],
    [1, "'npm' is not recognized as an internal or external command", /^npm was not found/],
    [127, 'env: npm: No such file', /^npm was not found/],
    [
      1,
      'npm error code ETARGET\nnpm error notarget No matching version found for x.\nnpm error A complete log of this run',
      /^npm says: notarget No matching version found/,
    ],
    [3, '', /^npm ended with exit code 3\. See the log\.$/],
  ])('exit code %s: %s', (code, output, reason) => {
    expect(failureReason(output, code)).toMatch(reason);
  });
});
