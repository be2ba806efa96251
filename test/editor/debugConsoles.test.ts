import { equal, ok } from 'node:assert';
import * as vscode from 'vscode';
import { api, temporaryFile, until } from './support';

/** Which messages a debug adapter of ours sends once it was launched, after how many ms. */
type Script = (send: (event: string, body?: unknown) => void) => Promise<void>;

/** A debug adapter within this process: it does what the script says, and answers all requests. */
class Adapter implements vscode.DebugAdapter {
  private readonly emitter = new vscode.EventEmitter<vscode.DebugProtocolMessage>();
  readonly onDidSendMessage = this.emitter.event;

  constructor(private readonly script: Script) {}

  handleMessage(message: vscode.DebugProtocolMessage): void {
    const { command, seq } = message as { command?: string; seq?: number };
    this.emitter.fire({ type: 'response', request_seq: seq, success: true, command });
    const send = (event: string, body: unknown = {}): void =>
      this.emitter.fire({ type: 'event', event, body });
    if (command === 'initialize') send('initialized');
    if (command === 'launch') void this.script(send);
    if (command === 'terminate' || command === 'disconnect') send('terminated');
  }

  dispose(): void {
    this.emitter.dispose();
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function debug(program: string, script: Script): Promise<void> {
  Object.assign(globalThis, { newDebugAdapter: () => new Adapter(script) });
  const configuration = {
    type: 'debugpy',
    name: 'train',
    request: 'launch',
    program,
    args: ['--lr', '1'],
    console: 'internalConsole',
  };
  ok(await vscode.debug.startDebugging(undefined, configuration));
}

/** 30 epochs of a run that overfits, over a second. */
const epochs: Script = async (send) => {
  for (let epoch = 0; epoch < 30; epoch++) {
    const val = epoch <= 10 ? 1 - epoch * 0.04 : 0.6 + (epoch - 10) * 0.03;
    // Python writes the line and its end separately.
    send('output', {
      category: 'stdout',
      output: `epoch ${epoch} train_loss ${(1.1 * Math.exp(-epoch / 12)).toFixed(5)} val_loss ${val.toFixed(5)}`,
    });
    send('output', { category: 'stdout', output: '\n' });
    send('output', { category: 'console', output: 'epoch 999 val_loss 99\n' });
    await pause(30);
  }
};

export function define(): void {
  describe('a training that is debugged', () => {
    afterEach(() => vscode.debug.stopDebugging());

    it('is a run by what it prints, and ends with its exit code', async () => {
      const { engine, streams } = (await api())._private;
      const program = await temporaryFile('debugged.py', 'print(1)\n');
      await debug(program, async (send) => {
        await epochs(send);
        send('output', {
          category: 'stderr',
          output: 'Traceback (most recent call last):\n  File "x.py", line 1\nValueError: bad\n',
        });
        send('exited', { exitCode: 1 });
        send('terminated');
      });
      const run = await until('the run', () =>
        engine.runs.find(({ title }) => title === 'python debugged.py --lr 1 · debug'),
      );
      const now = (): (typeof engine.runs)[number] => engine.runs.find(({ path }) => path === run.path)!;
      await until('its end', () => now().state === 'crashed');
      equal(now().points, 60, 'with its last lines');
      await until('the verdict', () => now().label === 'overfitting');
      equal(streams.metaOf(run.path)?.script, program);
    });

    it('is stopped by the button', async () => {
      const { engine } = (await api())._private;
      const program = await temporaryFile('endless.py', 'print(1)\n');
      await debug(program, async (send) => {
        for (;;) {
          await epochs(send);
          if (!vscode.debug.activeDebugSession) return;
        }
      });
      const titled = (): ReturnType<typeof engine.runs.find> =>
        engine.runs.find(({ title }) => title.startsWith('python endless.py'));
      await until('the run', titled);
      await vscode.debug.stopDebugging();
      await until('its end', () => titled()?.state === 'stopped');
    });
  });
}
