import type { Theme } from '../../../webview/look';

/** A light theme of an editor. */
export const theme: Theme = {
  foreground: '#111',
  muted: '#555',
  grid: '#eee',
  background: '#fff',
  border: '#ccc',
  focus: '#00f',
  error: '#f00',
  warning: '#cc0',
  highContrast: false,
  font: 'sans-serif',
  series: { train: '#00f', val: '#f80', test: '#808', other: '#080' },
  runs: [],
};
