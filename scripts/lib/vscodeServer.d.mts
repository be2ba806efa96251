export interface Server {
  url: string;
  authority: string;
  /** Id of its process. */
  pid: number;
  /** Resolves when its process has ended. */
  stop(): Promise<void>;
  output(): string;
}
export function ensureServer(): Promise<{ node: string; script: string }>;
export function startServer(options: {
  dataFolder: string;
  port?: number;
  trust?: boolean;
  env?: Record<string, string>;
}): Promise<Server>;
export function removeAfterwards(folder: string): Promise<void>;
export function installExtension(vsix: string, dataFolder: string): Promise<string>;
