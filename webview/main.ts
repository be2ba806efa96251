import './style/page.css';
import './style/charts.css';
import './style/aside.css';
import * as l10n from '@vscode/l10n';
import type { ToWebview } from '../src/protocol';
import { registerControls } from './controls';
import { Page, type Host } from './page';

declare function acquireVsCodeApi(): Host;

l10n.config({ contents: document.getElementById('strings')!.textContent });
registerControls();
const page = new Page(document.getElementById('app')!, acquireVsCodeApi());
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  // Types this page does not know fall through in `hear`; what is no message at all stops here.
  if (typeof data === 'object' && data !== null && 'type' in data) page.hear(data as ToWebview);
});
