declare module '*/scripts/lib/chromium.mjs' {
  export const chromiumFlags: string[];
  export function findChromium(): Promise<string>;
}
