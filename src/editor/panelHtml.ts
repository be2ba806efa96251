import { randomBytes } from 'node:crypto';

/** The user's language, and the strings in it; null leaves the page in English. */
export interface Language {
  readonly name: string;
  readonly strings: Readonly<Record<string, unknown>> | null;
}

/** What the page is made of. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
}

/**
 * The page of a panel. It asks for no file: what a page asks for while VS Code's service worker is exchanged, as when two
 * panels load at once, is looked for in the internet, and the panel stays empty. Nothing but this script and style can run.
 */
export function panelHtml({ script, style }: PageFiles, { name, strings }: Language): string {
  const nonce = randomBytes(16).toString('base64url');
  const csp = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    'img-src data: blob:',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${strings ? name : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<style nonce="${nonce}">${style.replaceAll('</', '<\\/')}</style>
<title>Fitcheck</title>
</head>
<body>
<main id="app"></main>
<script type="application/json" id="strings">${JSON.stringify(strings ?? {}).replaceAll('<', '\\u003c')}</script>
<script nonce="${nonce}">${script.replaceAll(/<(?=\/script|!--)/gi, '\\x3c')}</script>
</body>
</html>`;
}
