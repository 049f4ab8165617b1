import { defineConfig } from 'vitest/config';

/** Apart from the other tests, since what they need is installed for them first. */
export default defineConfig({
  test: { dir: import.meta.dirname, testTimeout: 60_000, hookTimeout: 120_000 },
});
