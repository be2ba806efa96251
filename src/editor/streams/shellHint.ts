import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { launchers, pythons } from '../../streams/launchers';
import { settings } from '../ids';
import { readSettings } from '../settings';

/** Key in the memory of this machine: it was said. */
const KEY = 'fitcheck.saidShellIntegration';
/** A terminal has no event for what runs in it; its name tells, and is looked at this often (ms). */
const PAUSE = 10_000;

/**
 * Says once, ever, how to have trainings followed in a terminal that does not tell which commands run in it: where Python has
 * been running in one for a while.
 */
export class ShellHint implements vscode.Disposable {
  private timer: NodeJS.Timeout | null = null;
  /** Terminals in which Python ran when they were last looked at. */
  private running = new Set<vscode.Terminal>();

  constructor(
    private readonly memory: vscode.Memento,
    private readonly say: (text: string, ...answers: string[]) => Thenable<string | undefined>,
  ) {
    if (!memory.get<boolean>(KEY)) this.timer = setInterval(() => this.look(), PAUSE);
  }

  /** Looks at the terminals; what ran at the last look, too, is no quick command. */
  look(): void {
    if (!readSettings.followOutput()) return;
    const running = vscode.window.terminals.filter(
      ({ shellIntegration, name }) => !shellIntegration && isTraining(name),
    );
    const again = running.some((terminal) => this.running.has(terminal));
    this.running = new Set(running);
    if (again) void this.tell();
  }

  dispose(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  private async tell(): Promise<void> {
    this.dispose();
    if (this.memory.get<boolean>(KEY)) return;
    await this.memory.update(KEY, true);
    const [how, off] = [l10n.t('How to Turn It On'), l10n.t('Do Not Follow Terminals')];
    const answer = await this.say(
      l10n.t(
        'Fitcheck can follow a training in the terminal, but this shell does not tell VS Code which commands run in it (shell integration).',
      ),
      how,
      off,
    );
    if (answer === how)
      await vscode.env.openExternal(
        vscode.Uri.parse('https://code.visualstudio.com/docs/terminal/shell-integration'),
      );
    if (answer === off) {
      const configuration = vscode.workspace.getConfiguration('fitcheck');
      await configuration.update(settings.followOutput, false, vscode.ConfigurationTarget.Global);
    }
  }
}

/** A terminal is called by the program that runs in it, unless someone named it. */
function isTraining(name: string): boolean {
  return pythons.test(name) || Object.hasOwn(launchers, name);
}
