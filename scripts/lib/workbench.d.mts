import type { Browser, Page } from 'playwright-core';
import type { Server } from './vscodeServer.mjs';

export function openWorkbench(options: {
  server: Server;
  folder: string;
  payload?: string[][];
  viewport?: { width: number; height: number };
  prepare?: (page: Page) => Promise<void>;
}): Promise<{ browser: Browser; page: Page }>;
export function remote(server: Server, path: string): string;
