import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { EngineClient } from '../../src/engine/client';
import { PROTOCOL_VERSION, type OfferedFix, type RunSnapshot, type ToWebview } from '../../src/protocol';

/** More points a curve than any of the logs has. */
const MAX_POINTS = 5_000;
const script = 'media/sample/workspace/train.py';

/** The engine as the extension runs it: logs go in, what the panel shows comes out. */
export class Analyzer {
  private readonly client: EngineClient;

  /** @param translations path of the strings of another language than English */
  constructor(root: string, translations: string | null = null) {
    const events = {
      event: () => undefined,
      restarting: (how: string) => process.stderr.write(`the engine ended: ${how}\n`),
      movedToWasm: () => undefined,
      restarted: () => undefined,
      output: (text: string) => void process.stderr.write(text),
    };
    this.client = new EngineClient('dist/engine.js', events, translations);
    this.client.start({ backend: 'wasm', tfjsNodePath: null, roots: [root] });
  }

  /** The run of a log, read and judged. */
  async run(path: string): Promise<RunSnapshot> {
    const id = await this.client.follow(path);
    for (;;) {
      const run = await this.client.snapshot(id, MAX_POINTS);
      if (run.assessment) return run;
      await delay(50);
    }
  }

  dispose(): void {
    this.client.dispose();
  }
}

/** A run as the host sends it, with the edits that are right for the sample script. */
export async function snapshot(run: RunSnapshot): Promise<ToWebview> {
  const writable = (run.assessment?.remedies ?? []).filter(({ fixes }) => fixes.includes('python'));
  const fixes = await Promise.all(writable.map(({ technique }) => fixOf(technique)));
  return { type: 'snapshot', version: PROTOCOL_VERSION, run, fixes: fixes.flat() };
}

async function fixOf(technique: OfferedFix['technique']): Promise<OfferedFix[]> {
  const call = ['dist/cli.js', 'fix', script, '--remedy', technique, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, call);
  const { applicable, title } = JSON.parse(stdout) as { applicable: boolean; title: string };
  return applicable ? [{ technique, kind: 'python', title, file: 'train.py' }] : [];
}
