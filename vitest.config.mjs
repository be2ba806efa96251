import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const project = (name, options = {}) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: 30_000,
    // What is waited for may take its time on a busy machine.
    expect: { poll: { timeout: 10_000 } },
    ...options,
  },
});

/** In a real browser: one file after the other, and once again what failed (the report names it), since a busy machine makes it slow. */
const inBrowser = { fileParallelism: false, retry: 1 };

export default defineConfig({
  test: {
    globalSetup: 'test/build.mjs',
    projects: [
      // By default a core is left idle, which is half of a machine of two.
      project('unit', { maxWorkers: availableParallelism() }),
      project('webview', { ...inBrowser, testTimeout: 60_000, hookTimeout: 60_000 }),
      project('workbench', { ...inBrowser, testTimeout: 180_000, hookTimeout: 240_000 }),
    ],
  },
});
