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

export default defineConfig({
  test: {
    globalSetup: 'test/build.mjs',
    projects: [
      project('unit'),
      project('webview', { fileParallelism: false, testTimeout: 60_000, hookTimeout: 60_000 }),
      project('workbench', { fileParallelism: false, testTimeout: 180_000, hookTimeout: 240_000 }),
    ],
  },
});
