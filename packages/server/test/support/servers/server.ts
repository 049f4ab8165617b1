import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { afterAll, inject } from 'vitest';
import { loadConfig } from '../../../src/config/config.ts';
import { createDeps, type Overrides } from '../../../src/create-deps.ts';
import { type AppDeps, type AppOptions, createApp } from '../../../src/http/app.ts';
import { createServer } from '../../../src/http/http-server.ts';

/** The configuration for the emulators. */
export const testConfig = (environment: Record<string, string> = {}) =>
  loadConfig({ ...inject('environment'), ...environment });

const testLog = () => pino(pino.destination({ dest: inject('logFile'), sync: true }));

/** The adapters for the emulators, or for overrides in the environment. No response is delayed. */
export const testDeps = (environment?: Record<string, string>, overrides?: Overrides): AppDeps => ({
  ...createDeps(testConfig(environment), testLog(), { minimumDuration: async () => undefined, ...overrides }),
  // No self-check runs.
  readiness: { report: () => ({ isReady: true, dependencies: [] }) },
});

/** Serves the real application on a free port until the test file ends, with overrides. */
export async function startServer(deps: Partial<AppDeps> = {}, options: Partial<AppOptions> = {}): Promise<string> {
  const app = createApp(
    { ...testDeps(), ...deps },
    {
      log: testLog(),
      cookies: { secure: false, sameSite: 'lax' },
      corsOrigins: [],
      proxyHops: 0,
      responseValidation: { sample: 1, isStrict: true },
      // The event loop also serves the clients and other tests.
      admission: { maxDelayMs: Number.POSITIVE_INFINITY },
      ...options,
    },
  );
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
