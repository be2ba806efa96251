import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { autoUses, type Health } from '../../../src/engine/health';
import type { ProbeReport } from '../../../src/engine/probe';
import { abortsAtLoad, abortsAtPredict, failsToLoad, fakeTfjsNode, working } from '../engine/fakeTfjsNode';
import { temporaryFolder } from '../runs/fixtures';
import { fitcheck } from './run';

const folder = temporaryFolder();
const order = ['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'];

async function doctor(tfjsNode: string): Promise<{ code: number | null; health: Health }> {
  const { code, stdout } = await fitcheck(['doctor', '--json'], { env: { FITCHECK_TFJS_NODE: tfjsNode } });
  return { code, health: JSON.parse(stdout) as Health };
}

describe('fitcheck doctor', () => {
  it('says what is here, what works, how fast, and why the rest does not', async () => {
    const { code, stdout, stderr } = await fitcheck(['doctor'], {
      env: { FITCHECK_TFJS_NODE: await folder() },
    });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Fitcheck \d+\.\d+\.\d+ on Node v\d+\.\d+\.\d+, \w+ \w+$/m);
    expect(stdout).toMatch(/^model: \d+ kB, \d+ features$/m);
    for (const name of order.slice(0, 2))
      expect(stdout).toMatch(new RegExp(`^  ${name} +not loaded: .*not installed in `, 'm'));
    for (const name of order.slice(2))
      expect(stdout).toMatch(
        new RegExp(
          `^  ${name} +loaded: tf.js 4\\.\\d+\\.\\d+ on the CPU, loads in .* ms, a prediction .* ms$`,
          'm',
        ),
      );
    expect(stdout).toContain('"auto" uses wasm.');
  });

  it('gives the same as JSON', async () => {
    const { code, health } = await doctor(await folder());
    expect(code).toBe(0);
    expect(health).toMatchObject({
      version: 1,
      node: process.version,
      platform: process.platform,
      auto: 'wasm',
    });
    expect(health.backends.map(({ name, loaded }) => [name, loaded])).toEqual([
      ['tfjs-node-gpu', false],
      ['tfjs-node', false],
      ['wasm', true],
      ['cpu', true],
    ]);
    expect(health.model.bytes).toBeGreaterThan(1_000);
    for (const { loaded, loadMs, predictionMs } of health.backends)
      if (loaded) expect(Math.min(loadMs!, predictionMs!)).toBeGreaterThan(0);
  });

  it('tells a crash of native code with its signal, at load and at prediction, and lives on', async () => {
    const root = await fakeTfjsNode(await folder(), abortsAtLoad, 'tfjs-node-gpu');
    await fakeTfjsNode(root, abortsAtPredict);
    const { code, health } = await doctor(root);
    expect([code, health.auto]).toEqual([0, 'wasm']);
    for (const { crash, reason } of health.backends.slice(0, 2))
      expect([crash, reason]).toEqual(['SIGABRT', 'its native code crashes (signal SIGABRT)']);
    const { stdout } = await fitcheck(['doctor'], { env: { FITCHECK_TFJS_NODE: root } });
    expect(stdout).toContain('The editor leaves tfjs-node-gpu after its crash');
  });

  it('passes a package over that does not load, and uses the next', async () => {
    const root = await fakeTfjsNode(await folder(), failsToLoad, 'tfjs-node-gpu');
    await fakeTfjsNode(root, working);
    const { health } = await doctor(root);
    expect(health.auto).toBe('tfjs-node');
    expect(health.backends[0]!.reason).toContain('libcudart.so.11.0: cannot open shared object file');
    expect(health.backends[0]!.reason).not.toContain('and more lines');
    expect(health.backends[1]!.info).toEqual({ name: 'tfjs-node', device: 'cpu', version: '0.0.0-fake' });
  });

  it('refuses what it does not know', async () => {
    expect((await fitcheck(['doctor', '--probe', 'cuda'])).stderr).toMatch(/--probe takes tfjs-node-gpu/);
    expect((await fitcheck(['doctor', '--what'])).code).toBe(2);
  });
});

describe('what auto comes to', () => {
  const report = (name: string, state: 'loaded' | 'absent' | 'crash'): ProbeReport =>
    ({ name, loaded: state === 'loaded', crash: state === 'crash' ? 'SIGSEGV' : null }) as ProbeReport;
  const uses = (...states: ('loaded' | 'absent' | 'crash')[]): string | null =>
    autoUses(states.map((state, i) => report(order[i]!, state)));

  it('is the first that works; after a crash, wasm', () => {
    expect(uses('absent', 'loaded', 'loaded', 'loaded')).toBe('tfjs-node');
    expect(uses('crash', 'loaded', 'loaded', 'loaded')).toBe('wasm');
    expect(uses('loaded', 'crash', 'loaded', 'loaded')).toBe('tfjs-node-gpu');
    expect(uses('crash', 'absent', 'absent', 'loaded')).toBe('cpu');
    expect(uses('absent', 'absent', 'absent', 'absent')).toBeNull();
  });
});

const tfjsNode = process.env.FITCHECK_TFJS_NODE ?? '';
const node24 = process.env.FITCHECK_NODE24 ?? '';
const native = tfjsNode !== '' && existsSync(join(tfjsNode, 'node_modules/@tensorflow/tfjs-node'));
const runtimes = [
  { name: `Node ${process.versions.node}`, node: process.execPath, missing: '' },
  { name: 'Node 24', node: node24, missing: existsSync(node24) ? '' : 'FITCHECK_NODE24 (a Node 24)' },
];
for (const { name, node, missing } of runtimes) {
  const reason = missing || (native ? '' : 'FITCHECK_TFJS_NODE (a native TensorFlow)');
  describe.skipIf(reason !== '')(
    `the native TensorFlow on ${name}${reason && ` (skipped: set ${reason})`}`,
    () => {
      it('is what auto uses', () => {
        const args = [resolve('dist/cli.js'), 'doctor', '--json'];
        const { status, stdout } = spawnSync(node, args, { encoding: 'utf8' });
        const health = JSON.parse(stdout) as Health;
        expect([status, health.auto]).toEqual([0, 'tfjs-node']);
        expect(health.node).toMatch(name === 'Node 24' ? /^v24\./ : process.version);
        expect(health.backends[1]).toMatchObject({ loaded: true, info: { device: 'cpu' } });
      });
    },
  );
}
