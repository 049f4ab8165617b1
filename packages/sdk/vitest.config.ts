import { defineConfig } from 'vitest/config';

// A project of its own, so that the package is built and installed only when its tests run.
export default defineConfig({
  test: {
    maxWorkers: '100%',
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
