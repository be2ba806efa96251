import * as l10n from '@vscode/l10n';
import { fork, type ChildProcess } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type * as vscode from 'vscode';

/** Trains the sample network in a process of its own: a real training that overfits within a minute. */
export class SampleTraining implements vscode.Disposable {
  private child: ChildProcess | null = null;
  private starting: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly output: vscode.LogOutputChannel,
  ) {}

  /** Starts (or starts over) the training. @returns the path of the log that it writes */
  start(): Promise<string> {
    // One after the other: a double click must not end the first before it says that it has begun.
    const started = this.starting.then(() => this.startAnew());
    this.starting = started.catch(() => undefined);
    return started;
  }

  private async startAnew(): Promise<string> {
    this.child?.kill();
    const folder = join(this.context.globalStorageUri.fsPath, 'sample');
    const log = join(folder, 'training.csv');
    await mkdir(folder, { recursive: true });
    await rm(log, { force: true });
    const script = this.context.asAbsolutePath(join('dist', 'sampleTraining.js'));
    const child = fork(script, [log], { silent: true, execArgv: [] });
    child.stderr?.on('data', (text: Buffer) => this.output.warn(text.toString().trimEnd()));
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve());
      child.once('error', reject);
      child.once('exit', (code) =>
        reject(new Error(l10n.t('the sample training ended with code {0}; see the log', String(code)))),
      );
    });
    return log;
  }

  dispose(): void {
    this.child?.kill();
  }
}
