import * as l10n from '@vscode/l10n';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PageFiles } from './panelHtml';

/** The files of the panel's page, read when the first panel opens. */
export class PageReader {
  private files: Promise<PageFiles> | null = null;

  /** @param folder where the extension is installed */
  constructor(private readonly folder: string) {}

  /** @throws Error that says what to do; the next call tries again */
  read(): Promise<PageFiles> {
    this.files ??= this.load().catch((error: unknown) => {
      this.files = null;
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(
        l10n.t("The page of the panel can't be read ({0}). Install the extension again.", reason),
      );
    });
    return this.files;
  }

  private async load(): Promise<PageFiles> {
    const [script, style] = await Promise.all(
      ['webview.js', 'webview.css'].map((name) => readFile(join(this.folder, 'dist', name), 'utf8')),
    );
    return { script: script!, style: style! };
  }
}
