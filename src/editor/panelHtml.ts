import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The user's language, and the strings in it; null leaves the page in English. */
export interface Language {
  readonly name: string;
  readonly strings: Readonly<Record<string, unknown>> | null;
}

/** The page of a panel: nothing but its script and its style may load, nothing inline, nothing from elsewhere. */
export function panelHtml(webview: vscode.Webview, extensionUri: vscode.Uri, language: Language): string {
  const nonce = randomBytes(16).toString('base64url');
  const file = (name: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', name)).toString();
  const csp = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data: blob:`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${language.strings ? language.name : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<link rel="stylesheet" href="${file('webview.css')}">
<title>Fitcheck</title>
</head>
<body>
<main id="app"></main>
${data('strings', language.strings ?? {})}
<script nonce="${nonce}" src="${file('webview.js')}"></script>
</body>
</html>`;
}

/** A block of data: no script to a browser, and nothing in it can end it. */
function data(id: string, value: unknown): string {
  return `<script type="application/json" id="${id}">${JSON.stringify(value).replaceAll('<', '\\u003c')}</script>`;
}
