import type { Split } from './split';
import type { XAxis } from './viewState';

/** The editor's colours as the charts use them. */
export interface Theme {
  foreground: string;
  muted: string;
  grid: string;
  background: string;
  border: string;
  focus: string;
  error: string;
  warning: string;
  highContrast: boolean;
  font: string;
  series: Record<Split | 'other', string>;
}

/** How the charts are looked at. A new object means that something of it changed. */
export interface Look {
  axis: XAxis;
  smoothing: number;
  logScale: boolean;
  logX: boolean;
  hidden: ReadonlySet<string>;
  theme: Theme;
}
