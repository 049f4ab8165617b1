/**
 * A mock server: the API in memory, for the tests of programs that use it.
 *
 * @packageDocumentation
 * @example
 * import { createClient } from '@async-chatbot/sdk';
 * import { createMockServer } from '@async-chatbot/sdk/testing';
 *
 * const server = createMockServer();
 * const client = createClient({ baseUrl: server.baseUrl, fetch: server.fetch });
 */
export { createMockServer } from './create-mock-server.ts';
export type { MockFault } from './mock-fault.ts';
export type { MockServer, MockServerOptions } from './mock-server.ts';
export type { MockRequest } from './received.ts';
export type { ReplyScript } from './reply-script.ts';
