import { fade } from './colour';
import type { Theme } from './look';
import { runColours } from './runColours';

/** The editor's colours as they are now. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const get = (name: string, fallback: string): string =>
    style.getPropertyValue(`--vscode-${name}`).trim() || fallback;
  const highContrast =
    document.body.classList.contains('vscode-high-contrast') ||
    document.body.classList.contains('vscode-high-contrast-light');
  const onLight =
    document.body.classList.contains('vscode-light') ||
    document.body.classList.contains('vscode-high-contrast-light');
  const foreground = get('foreground', '#888');
  return {
    foreground,
    muted: get('descriptionForeground', foreground),
    grid: highContrast ? fade(get('contrastBorder', foreground), 0.4) : 'rgba(128, 128, 128, 0.2)',
    background: get('editor-background', '#fff'),
    border: get('editorHoverWidget-border', 'rgba(128, 128, 128, 0.5)'),
    focus: get('focusBorder', foreground),
    error: get('charts-red', '#e51400'),
    warning: get('charts-yellow', '#bf8803'),
    highContrast,
    font: get('font-family', 'sans-serif'),
    series: {
      train: get('charts-blue', '#1a85ff'),
      val: get('charts-orange', '#d18616'),
      test: get('charts-purple', '#652d90'),
      other: get('charts-green', '#388a34'),
    },
    runs: onLight ? runColours.onLight : runColours.onDark,
  };
}

/** Calls `onChange` when VS Code switches the theme. */
export function watchTheme(onChange: () => void): void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
}
