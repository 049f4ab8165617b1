import { configDefaults, defineConfig } from 'vitest/config';
import { LOCAL_CREDENTIALS } from './dev/messages-table.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/faults/**'],
    globalSetup: ['test/support/servers/emulators.ts'],
    env: LOCAL_CREDENTIALS,
    maxWorkers: '100%',
    // Test files share no state but modules, which take a tenth of the time to load.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
