import * as l10n from '@vscode/l10n';
import { button, checkbox, dropdown, slider } from './controls';
import { el } from './dom';
import type { ViewState, XAxis } from './viewState';

export interface ToolbarEvents {
  change(part: Partial<ViewState>): void;
  resetZoom(): void;
  choose(): void;
  compare(): void;
  pause(): void;
}

const MAX_SMOOTHING = 0.99;

/** The controls above the charts. Built once and updated in place: a slider in use stays under the hand. */
export class Toolbar {
  readonly element: HTMLElement;
  private readonly axes;
  private readonly logScale;
  private readonly logX;
  private readonly aligned;
  private readonly pause: HTMLElement;

  constructor(state: ViewState, events: ToolbarEvents) {
    this.axes = dropdown<XAxis>('control-x-axis', l10n.t('X axis'), (axis) => events.change({ axis }));
    this.logScale = checkbox(l10n.t('Log scale'), state.logScale, (logScale) => events.change({ logScale }));
    this.logX = checkbox(l10n.t('Log x'), state.logX, (logX) => events.change({ logX }));
    this.aligned = checkbox(l10n.t('Align starts'), state.aligned, (aligned) => events.change({ aligned }));
    this.pause = button(l10n.t('Pause'), () => events.pause(), {
      title: l10n.t('Stop showing what is new, to look at it in peace; the run is still followed'),
    });
    const words = (value: number): string => (value === 0 ? l10n.t('off') : value.toFixed(2));
    this.element = el(
      'div',
      { class: 'toolbar', attributes: { role: 'group', 'aria-label': l10n.t('View') } },
      slider(
        'control-smoothing',
        l10n.t('Smoothing'),
        state.smoothing,
        { max: MAX_SMOOTHING, step: 0.01, words },
        (smoothing) => events.change({ smoothing }),
      ),
      this.axes.element,
      this.logScale.element,
      this.logX.element,
      this.aligned.element,
      checkbox(l10n.t('Table'), state.asTable, (asTable) => events.change({ asTable })).element,
      el(
        'span',
        { class: 'buttons' },
        this.pause,
        button(l10n.t('Reset Zoom'), () => events.resetZoom(), {
          title: l10n.t('Drag over a chart, sideways or a box, or Ctrl+wheel, to zoom'),
        }),
        button(l10n.t('Compare…'), () => events.compare(), {
          title: l10n.t('Choose runs to show beside this one'),
        }),
        button(l10n.t('Another Log…'), () => events.choose()),
      ),
    );
  }

  /**
   * What the run allows now: the axes it has, whether any chart can have a log scale, upwards and sideways, and
   * whether there are starts to align.
   */
  update(
    axes: readonly { value: XAxis; text: string }[],
    axis: XAxis,
    { logY, logX, align }: { logY: boolean; logX: boolean; align: boolean },
  ): void {
    this.axes.element.hidden = axes.length < 2;
    this.axes.offer(axes, axis);
    this.logScale.refuse(logY ? null : l10n.t('needs values above 0'));
    this.logX.element.hidden = !logX;
    this.aligned.element.hidden = !align;
  }

  /** @param live whether anything new is to come */
  offerPause(paused: boolean, live: boolean): void {
    this.pause.hidden = !live && !paused;
    const label = paused ? l10n.t('Resume') : l10n.t('Pause');
    if (this.pause.textContent !== label) this.pause.textContent = label;
  }
}
