import { defineConfig } from 'vitest/config';

/** Separate from the other tests, because their dependencies are installed first. */
export default defineConfig({
  test: {
    dir: import.meta.dirname,
    globalSetup: 'test/package/installation.ts',
    reporters: 'verbose',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
