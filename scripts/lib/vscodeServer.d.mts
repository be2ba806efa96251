export interface Server {
  url: string;
  authority: string;
  /** Id of its process. */
  pid: number;
  stop(): void;
  output(): string;
}
export const VSCODE_VERSION: string;
export function ensureServer(): Promise<string>;
export function startServer(options: { dataFolder: string; port?: number; trust?: boolean }): Promise<Server>;
export function installExtension(vsix: string, dataFolder: string): Promise<string>;
