import './style.css';
import type { ToWebview } from '../src/protocol';
import { registerControls } from './controls';
import { Page, type Host } from './page';

declare function acquireVsCodeApi(): Host;

registerControls();
const page = new Page(document.getElementById('app')!, acquireVsCodeApi());
window.addEventListener('message', ({ data }: MessageEvent<ToWebview>) => page.hear(data));
