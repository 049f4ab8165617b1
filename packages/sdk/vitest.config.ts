import { defineConfig } from 'vitest/config';

// The package is built and installed once, and only where its own tests are among those that run.
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'source', include: ['test/**/*.test.ts'], exclude: ['test/package/**', 'test/tools/**'] } },
      {
        test: {
          name: 'package',
          include: ['test/package/*.test.ts'],
          globalSetup: 'test/package/installation.ts',
          testTimeout: 60_000,
        },
      },
    ],
  },
});
