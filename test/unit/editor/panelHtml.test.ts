import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PageReader } from '../../../src/editor/pageFiles';
import { panelHtml } from '../../../src/editor/panelHtml';

const files = { script: 'const a = "</script><!--";', style: 'p { color: red }' };

it('the page asks for nothing, and only its own script and style may run', () => {
  const page = panelHtml(files, { name: 'en', strings: null });
  expect(page).not.toMatch(/\b(src|href)=/);
  const [, policy] = /Content-Security-Policy" content="([^"]+)"/.exec(page)!;
  const [, nonce] = /<style nonce="([^"]+)">p { color: red }<\/style>/.exec(page)!;
  expect(policy).toBe(
    `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data: blob:`,
  );
  expect(page).toContain(`<script nonce="${nonce}">const a = "\\x3c/script>\\x3c!--";</script>`);
  expect(panelHtml(files, { name: 'en', strings: null })).not.toContain(nonce);
});

it('what is in a string ends no block of the page', () => {
  const page = panelHtml(files, { name: 'zh-cn', strings: { a: '</script><b>' } });
  expect(page).toContain('<html lang="zh-cn">');
  expect(page).toContain('{"a":"\\u003c/script>\\u003cb>"}</script>');
});

it('the files of the page are read once; where they are missing that is said, and tried again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fitcheck-'));
  const reader = new PageReader(folder);
  await expect(reader.read()).rejects.toThrow(/webview\.(js|css).*Install the extension again\.$/);
  await mkdir(join(folder, 'dist'));
  await writeFile(join(folder, 'dist', 'webview.js'), 'one');
  await writeFile(join(folder, 'dist', 'webview.css'), 'two');
  expect(await reader.read()).toEqual({ script: 'one', style: 'two' });
  expect(reader.read()).toBe(reader.read());
});
