import * as l10n from '@vscode/l10n';
import type { RunSummary } from '../src/protocol';
import { el } from './dom';
import { pulseText } from './pulseText';

/** The time that has passed is told anew this often (ms). */
const BEAT = 1_000;

/**
 * How a run that goes on comes along: how far it is, how long it still needs, how long ago it said something. The last is
 * counted on between messages, from what the engine's clock says: that of this page may be another machine's.
 */
export class Pulse {
  readonly element = el('p', { class: 'pulse muted' });
  private summary: RunSummary | null = null;
  private heard = 0;
  private paused = false;
  private timer: ReturnType<typeof setInterval> | null = null;

  /** @param paused the user has stopped the page: what is told of the run is of then */
  update(summary: RunSummary, paused: boolean): void {
    this.paused = paused;
    if (summary !== this.summary) this.heard = performance.now();
    this.summary = summary;
    const running = summary.state === 'running';
    this.element.hidden = !running;
    if (running) this.timer ??= setInterval(() => this.show(), BEAT);
    else this.stop();
    this.show();
  }

  dispose(): void {
    this.stop();
  }

  private stop(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  private show(): void {
    if (!this.summary) return;
    const text = this.paused
      ? l10n.t('paused: what is new is shown after Resume')
      : pulseText(this.summary, performance.now() - this.heard);
    if (this.element.textContent !== text) this.element.textContent = text;
  }
}
