import * as l10n from '@vscode/l10n';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { InstallOutcome } from '../engine/npmInstall';
import { variantsFor, type Variant } from '../engine/tfjsInstall';
import type { EngineService } from './engineService';
import { tfjsNodeFolder } from './installedBackend';
import { say } from './say';

/** "Fitcheck: Install TensorFlow Backend…": fetches tfjs-node into the global storage and has the engine use it. */
export class BackendInstaller implements vscode.Disposable {
  private running: AbortController | null = null;
  /** Where it goes; it is there only when it is whole. */
  readonly folder: string;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly engine: EngineService,
    private readonly output: vscode.LogOutputChannel,
  ) {
    this.folder = tfjsNodeFolder(context);
  }

  /** Asks what to install, unless it is given (from a key binding), and says how it went. */
  async command(given: unknown): Promise<void> {
    if (!vscode.workspace.isTrusted) return this.askForTrust();
    const offered = variantsFor(process.platform, process.arch);
    if (offered.length === 0)
      return void say.info(
        l10n.t(
          'There is no native TensorFlow for {0} {1}. The embedded WebAssembly backend goes on; the verdicts are the same.',
          process.platform,
          process.arch,
        ),
      );
    const variant = offered.find((one) => one === given) ?? (await pickVariant(offered));
    if (!variant) return;
    if (this.running) return void say.info(l10n.t('TensorFlow is already being installed.'));
    const title = l10n.t('Fitcheck: installing TensorFlow ({0})', variant.toUpperCase());
    const location = vscode.ProgressLocation.Notification;
    const outcome = await vscode.window.withProgress(
      { title, location, cancellable: true },
      (progress, token) => this.install(variant, token, (message) => progress.report({ message })),
    );
    this.tell(outcome);
  }

  /** Installs without asking; the engine uses it when it works. */
  async install(
    variant: Variant,
    token: vscode.CancellationToken,
    progress: (message: string) => void = () => undefined,
  ): Promise<InstallOutcome> {
    const abort = new AbortController();
    const listener = token.onCancellationRequested(() => abort.abort());
    this.running = abort;
    try {
      const { installTfjsNode } = await import('../engine/npmInstall');
      const outcome = await installTfjsNode({
        variant,
        folder: this.folder,
        script: this.context.asAbsolutePath(join('dist', 'cli.js')),
        signal: abort.signal,
        output: (text) => this.output.info(text.trimEnd()),
        progress,
      });
      // Native code stays loaded for as long as its process lives.
      if (outcome.outcome === 'installed') this.engine.restart();
      return outcome;
    } catch (error) {
      this.output.error(error instanceof Error ? error : String(error));
      return { outcome: 'failed', reason: `${error instanceof Error ? error.message : String(error)}.` };
    } finally {
      this.running = null;
      listener.dispose();
    }
  }

  /** VS Code closes: an install that goes on alone would leave a half one. */
  dispose(): void {
    this.running?.abort();
  }

  private tell(outcome: InstallOutcome): void {
    if (outcome.outcome === 'cancelled') {
      void say.info(
        l10n.t(
          'TensorFlow was not installed: you cancelled it. Nothing is left of it. The embedded WebAssembly backend goes on; the verdicts are the same.',
        ),
      );
    } else if (outcome.outcome === 'failed') {
      const show = l10n.t('Show Log');
      void say
        .warning(
          l10n.t(
            'TensorFlow was not installed. {0} The embedded WebAssembly backend goes on; the verdicts are the same.',
            outcome.reason,
          ),
          show,
        )
        .then((answer) => (answer === show ? this.output.show() : undefined));
    } else {
      void say.info(
        outcome.report.info?.device === 'gpu'
          ? l10n.t('TensorFlow is installed and computes on the GPU. The analyzer uses it from now on.')
          : l10n.t('TensorFlow is installed and computes on the CPU. The analyzer uses it from now on.'),
      );
    }
  }

  private async askForTrust(): Promise<void> {
    const manage = l10n.t('Manage Workspace Trust');
    const text = l10n.t('Native code is installed in trusted workspaces only.');
    if ((await say.warning(text, manage)) === manage)
      await vscode.commands.executeCommand('workbench.trust.manage');
  }
}

async function pickVariant(offered: readonly Variant[]): Promise<Variant | undefined> {
  const items = {
    cpu: {
      label: l10n.t('TensorFlow on the CPU'),
      detail: l10n.t('Downloads hundreds of MB.'),
      variant: 'cpu' as const,
    },
    gpu: {
      label: l10n.t('TensorFlow on the GPU'),
      detail: l10n.t('Downloads hundreds of MB more. Needs an NVIDIA GPU with CUDA 11.2 and cuDNN 8.1.'),
      variant: 'gpu' as const,
    },
  };
  const picked = await vscode.window.showQuickPick(
    offered.map((variant) => items[variant]),
    {
      title: l10n.t('Install TensorFlow Backend'),
      placeHolder: l10n.t('The verdicts are the same with and without it. npm fetches it; you can cancel.'),
    },
  );
  return picked?.variant;
}
