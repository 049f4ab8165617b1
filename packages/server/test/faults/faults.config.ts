import { defineConfig } from 'vitest/config';
import { LOCAL_CREDENTIALS } from '../../dev/messages-table.ts';
import { reliabilityPage } from '../support/faults/reliability-page.ts';

/** Breaks the whole product, one fault after the other. A complete run that passes writes docs/reliability.md. */
export default defineConfig({
  test: {
    reporters: ['verbose', reliabilityPage()],
    include: ['test/faults/*.test.ts'],
    globalSetup: ['test/support/servers/emulators.ts'],
    env: LOCAL_CREDENTIALS,
    fileParallelism: false,
    isolate: false,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
