/**
 * The panel's page in a browser as VS Code would show it, with the other end of its messages: what a redraw takes, from the
 * beginning of its frame until the page is free again.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './bundle.mjs';

const ORIGIN = 'http://page.bench';

export async function openPage(browser) {
  const themes = JSON.parse(await readFile(join(root, 'test', 'webview', 'themes.json'), 'utf8'));
  const html = `<!DOCTYPE html><html><head><link rel="stylesheet" href="/webview.css"></head><body class="vscode-dark">
<main id="app"></main><script type="application/json" id="strings">{}</script><script src="/webview.js"></script></body></html>`;
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
    if (pathname === '/favicon.ico') return route.fulfill({ status: 204 });
    return route.fulfill({ path: join(root, 'dist', pathname) });
  });
  await page.addInitScript(inPage, themes.dark.variables);
  await page.goto(ORIGIN);
  return page;
}

/** Runs in the page before its own script. */
function inPage(variables) {
  const posted = [];
  const times = [];
  let waiting = null;
  const next = window.requestAnimationFrame.bind(window);
  const { port1, port2 } = new MessageChannel();
  let began = 0;
  // The first message after a frame comes when its style, layout and paint are done.
  port1.onmessage = () => {
    times.push(performance.now() - began);
    waiting?.();
  };
  window.requestAnimationFrame = (draw) =>
    next((now) => {
      began = performance.now();
      draw(now);
      port2.postMessage(null);
    });
  const typed = (points) =>
    Object.fromEntries(
      Object.entries(points).map(([name, all]) => [name, name === 'files' ? all : Float64Array.from(all)]),
    );
  const asMessage = (message) => {
    for (const one of message.run?.series ?? message.series ?? message.detail?.series ?? [])
      one.points = typed(one.points);
    return message;
  };
  const send = (message) => window.dispatchEvent(new MessageEvent('message', { data: asMessage(message) }));
  /** Does something, and waits until it is drawn. @returns ms */
  const drawn = async (action) => {
    const done = new Promise((resolve) => (waiting = resolve));
    action();
    await done;
    waiting = null;
    // Other frames must not be taken for this one.
    await new Promise((resolve) => setTimeout(resolve, 20));
    const [first] = times.splice(0);
    return first;
  };
  const frame = () => document.querySelector('.frame');
  const press = (key, shiftKey = false) =>
    frame().dispatchEvent(new KeyboardEvent('keydown', { key, shiftKey, bubbles: true }));
  const smooth = (value) => {
    const slider = document.querySelector('input[type="range"]');
    slider.value = String(value);
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  };
  Object.assign(window, {
    bench: { posted, send, drawn, press, smooth },
    acquireVsCodeApi: () => ({
      postMessage: (message) => posted.push(message),
      getState: () => undefined,
      setState: () => undefined,
    }),
  });
  document.addEventListener('DOMContentLoaded', () => {
    for (const [name, value] of Object.entries(variables))
      document.documentElement.style.setProperty(name, value);
  });
}
