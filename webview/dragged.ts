/** A drag that goes up or down by more than this is a box, any other a part of the x axis (px). */
const BOX = 40;

/** What the pointer does on a canvas: whether it drags a box. */
export class Dragged {
  private from: number | null = null;
  private to = 0;

  constructor(canvas: HTMLCanvasElement) {
    canvas.addEventListener('mousedown', ({ clientY }) => {
      this.from = clientY;
      this.to = clientY;
    });
    // Before the chart's own listener, which asks for the mode.
    canvas.addEventListener('mousemove', ({ clientY }) => void (this.to = clientY), { capture: true });
  }

  get box(): boolean {
    return this.from !== null && Math.abs(this.to - this.from) > BOX;
  }

  /** The drag is over: the wheel zooms the x axis alone. */
  end(): void {
    this.from = null;
  }
}
