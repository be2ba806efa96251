import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { panelHtml, type Language } from '../../src/editor/panelHtml';
import themes from './themes.json';

export type ThemeName = keyof typeof themes;
export const themeNames = Object.keys(themes) as ThemeName[];
export { themes };

/** Another build than `dist` can be tried with FITCHECK_DIST. */
const dist = process.env['FITCHECK_DIST'] ?? 'dist';

async function instruments(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: ['test/webview/page/instruments.ts'],
    bundle: true,
    write: false,
    platform: 'browser',
  });
  return outputFiles[0]!.contents;
}

export interface PageServer {
  url(theme: ThemeName, state?: unknown): string;
  /** Every file that the page may ask for. */
  owns(url: string): boolean;
  close(): void;
}

/** Serves the page as the extension builds it, with the instruments ahead of its script. */
export async function servePage(language: Language = { name: 'en', strings: null }): Promise<PageServer> {
  const read = (name: string): Promise<string> =>
    readFile(join(dist, name), 'utf8').catch(() => {
      throw new Error(`${join(dist, name)} is missing: run node esbuild.mjs first`);
    });
  const files = { script: await read('webview.js'), style: await read('webview.css') };
  const ahead = await instruments();
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url!, origin);
    if (pathname === '/instruments.js')
      return void response.setHeader('Content-Type', 'text/javascript').end(ahead);
    // The browser asks for an icon by itself, once.
    if (pathname !== '/') return void response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
    const page = panelHtml(files, language);
    const setup = searchParams.get('setup')!.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
    const nonce = /nonce="([^"]+)"/.exec(page)![1]!;
    const script = `<script nonce="${nonce}" src="/instruments.js" data-setup="${setup}"></script>`;
    response.setHeader('Content-Type', 'text/html').end(page.replace('<body>', `<body>${script}`));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: (theme, state) =>
      `${origin}/?setup=${encodeURIComponent(JSON.stringify({ theme: themes[theme], state }))}`,
    owns: (url) => new URL(url).origin === origin && ['/', '/instruments.js'].includes(new URL(url).pathname),
    close: () => void server.close(),
  };
}
