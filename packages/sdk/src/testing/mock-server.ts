import type { OperationId } from '../http/operation.ts';
import type { User } from '../schemas.ts';
import type { MockFault } from './mock-fault.ts';
import type { MockRequest } from './received.ts';
import type { ReplyScript } from './reply-script.ts';

/** The API in memory, with controls for tests. */
export interface MockServer {
  /** The base URL for `createClient`. */
  readonly baseUrl: string;
  /**
   * Responds as the API does. Takes the arguments of the global `fetch`.
   *
   * @example
   * const client = createClient({ baseUrl: server.baseUrl, fetch: server.fetch });
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * All requests so far, oldest first.
   *
   * @example
   * expect(server.requests.at(-1)).toMatchObject({ operationId: 'sendMessage', body: { content: 'Hello!' } });
   */
  readonly requests: readonly MockRequest[];
  /**
   * Creates an account that can log in. Throws if the address is taken.
   *
   * @example
   * server.addUser({ email: 'ada@example.com', password: 'Password123' });
   */
  addUser(user: { readonly email: string; readonly password: string }): User;
  /**
   * Returns an access token of an account, for a client that sends it as a bearer token. Throws if there is no such account.
   *
   * @example
   * const headers = { authorization: `Bearer ${server.tokenFor('ada@example.com')}` };
   */
  tokenFor(email: string): string;
  /**
   * Returns the latest code that the API would have emailed to an address. Throws if there is none.
   *
   * @example
   * await client.users.confirm({ email, code: server.codeFor(email), password: 'Password123' });
   */
  codeFor(email: string): string;
  /**
   * Queues a reply of the bot, as deltas or as a script. Once the queue is empty, the bot greets the user.
   *
   * @example
   * server.reply('Hello', ' Ada!');
   * server.reply({ deltas: ['Hel'], end: 'failed' });
   */
  reply(...args: readonly string[] | readonly [ReplyScript]): void;
  /**
   * Queues a fault for the next request of an operation, or of any operation with `*`.
   *
   * @example
   * server.fault('sendMessage', { problem: 'service-unavailable', retryAfterSeconds: 1 });
   * server.fault('*', { connection: 'reset', times: 2 });
   */
  fault(operation: OperationId | '*', fault: MockFault): void;
  /**
   * Expires all access tokens. Requests fail with `unauthenticated` until the session is refreshed, which the client does.
   *
   * @example
   * server.expireSessions();
   * await client.users.me();
   */
  expireSessions(): void;
  /**
   * Ends all sessions. A refresh fails with `session-expired`.
   *
   * @example
   * server.endSessions();
   * await expect(client.users.me()).rejects.toMatchObject({ code: 'session-expired' });
   */
  endSessions(): void;
  /**
   * Deletes everything: accounts, messages, recorded requests, scripts and faults.
   *
   * @example
   * afterEach(() => server.reset());
   */
  reset(): void;
}

/**
 * Options of `createMockServer`.
 *
 * @example
 * createMockServer({ registration: 'confirm', now: () => new Date('2026-11-25T12:00:00Z') });
 */
export interface MockServerOptions {
  /** The base URL; `https://chat.test` by default. Requests to other URLs fail. */
  readonly baseUrl?: string | undefined;
  /** `open`, the default: new accounts can log in. `confirm`: they must first be confirmed with the code from `codeFor`. */
  readonly registration?: 'open' | 'confirm' | undefined;
  /** Returns the current time, for timestamps and the expiry of sessions, codes and idempotency keys; the clock by default. */
  readonly now?: (() => Date) | undefined;
}
