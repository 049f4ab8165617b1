import { defineConfig } from 'vitest/config';

/** Separate from the other tests, because building the image takes two minutes. */
export default defineConfig({
  test: {
    reporters: 'verbose',
    include: ['test/process/container.ts'],
    globalSetup: ['test/support/servers/emulators.ts'],
    testTimeout: 60_000,
    hookTimeout: 900_000,
  },
});
