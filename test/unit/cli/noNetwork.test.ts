import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../runs/fixtures';
import { fitcheck, overfitting } from './run';

const folder = temporaryFolder();

/** Loaded before the program: the first attempt to reach anything ends it. */
const guard = `
const refuse = (what) => () => { process.stderr.write('NETWORK ' + what + '\\n'); process.exit(99); };
const net = require('node:net');
net.Socket.prototype.connect = refuse('socket');
net.Server.prototype.listen = refuse('server');
require('node:dgram').createSocket = refuse('datagram');
require('node:dns').lookup = refuse('dns');
globalThis.fetch = refuse('fetch');
`;

describe('nothing leaves the machine', () => {
  it.each([
    ['diagnose with wasm', ['diagnose', 'LOG', '--backend', 'wasm']],
    ['diagnose with cpu', ['diagnose', 'LOG', '--backend', 'cpu', '--json']],
    ['fix', ['fix', 'SCRIPT', '--remedy', 'gradient-clipping', '--json']],
    ['lint', ['lint', 'FOLDER']],
    ['doctor', ['doctor', '--json']],
  ])('%s opens no socket', async (_name, args) => {
    const root = await folder();
    const paths: Record<string, string> = {
      LOG: join(root, 'log.csv'),
      SCRIPT: join(root, 'train.py'),
      FOLDER: root,
    };
    await writeFile(paths.LOG!, overfitting(30));
    await writeFile(paths.SCRIPT!, 'import torch\nloss.backward()\nopt.step()\n');
    await writeFile(join(root, 'guard.cjs'), guard);
    const { code, stderr } = await fitcheck(
      args.map((word) => paths[word] ?? word),
      { env: { NODE_OPTIONS: `--require ${join(root, 'guard.cjs')}` } },
    );
    expect([code, stderr.includes('NETWORK')]).toEqual([0, false]);
  });

  it('and the guard would notice', async () => {
    const root = await folder();
    await writeFile(join(root, 'guard.cjs'), `${guard}\nrequire('node:http').get('http://127.0.0.1:1');`);
    const { code } = await fitcheck(['--version'], {
      env: { NODE_OPTIONS: `--require ${join(root, 'guard.cjs')}` },
    });
    expect(code).toBe(99);
  });
});
