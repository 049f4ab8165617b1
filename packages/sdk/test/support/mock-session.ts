import { type ClientOptions, createClient } from '../../src/index.ts';
import { createMockServer, type MockServerOptions } from '../../src/testing/index.ts';

export const CREDENTIALS = { email: 'canary-ada@example.com', password: 'canary-1' };

/** Creates a mock server and a client that is logged in to it. */
export async function mockSession(options?: MockServerOptions, clientOptions: Partial<ClientOptions> = {}) {
  const server = createMockServer(options);
  server.addUser(CREDENTIALS);
  const client = createClient({ baseUrl: server.baseUrl, fetch: server.fetch, ...clientOptions });
  await client.users.login(CREDENTIALS);
  return { server, client };
}
