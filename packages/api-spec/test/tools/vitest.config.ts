import { defineConfig } from 'vitest/config';

/** Apart from the other tests, since the tools are installed for them first. */
export default defineConfig({
  test: { dir: import.meta.dirname, fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000 },
});
