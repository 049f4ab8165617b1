import { defineConfig } from 'vitest/config';

/** Apart from the other tests, since building the image takes minutes and both cores of a small machine. */
export default defineConfig({
  test: {
    include: ['test/process/container.ts'],
    globalSetup: ['test/support/servers/emulators.ts'],
    testTimeout: 60_000,
    hookTimeout: 900_000,
  },
});
