import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { probeInChild } from '../../../src/engine/probe';
import { temporaryFolder } from '../runs/fixtures';
import { fakeTfjsNode, working } from './fakeTfjsNode';

const folder = temporaryFolder();
const script = resolve('dist/cli.js');
const reasonOf = async (source: string, patience?: number): Promise<string | null> => {
  const tfjsNodePath = await fakeTfjsNode(await folder(), source);
  const options = patience === undefined ? { tfjsNodePath } : { tfjsNodePath, patience };
  return (await probeInChild(script, 'tfjs-node', options)).reason;
};

describe('trying a backend in a process of its own', () => {
  it('ends with what hangs', async () => {
    expect(await reasonOf('for (;;);', 1_500)).toBe('it gave no answer within 1.5 s');
  });

  it('tells an end without an answer', async () => {
    expect(await reasonOf('process.exit(3);')).toBe('its process ended without an answer (exit code 3)');
  });

  it('does not take answers that are no probabilities', async () => {
    const odd = working.replace('new Float32Array(rows * 4)', 'new Float32Array(rows * 4).fill(NaN)');
    expect(await reasonOf(odd)).toBe('it loads, and its probabilities sum to NaN');
  });

  it('stops when it is told to', async () => {
    const tfjsNodePath = await fakeTfjsNode(await folder(), 'for (;;);');
    const abort = new AbortController();
    const trial = probeInChild(script, 'tfjs-node', { tfjsNodePath, signal: abort.signal });
    abort.abort();
    expect((await trial).reason).toBe('it was cancelled');
  });
});
