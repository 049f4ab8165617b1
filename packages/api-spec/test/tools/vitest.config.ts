import { defineConfig } from 'vitest/config';

/** Separate from the other tests, because the tools are installed first. */
export default defineConfig({
  test: {
    dir: import.meta.dirname,
    reporters: 'verbose',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
