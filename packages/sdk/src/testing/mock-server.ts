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
   * Responds as the API does, with the parameters of the global `fetch`.
   *
   * @example
   * const client = createClient({ baseUrl: server.baseUrl, fetch: server.fetch });
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * Every request so far, oldest first.
   *
   * @example
   * expect(server.requests.at(-1)).toMatchObject({ operationId: 'sendMessage', body: { content: 'Hello!' } });
   */
  readonly requests: readonly MockRequest[];
  /**
   * Creates an account that can log in.
   *
   * @example
   * server.addUser({ email: 'ada@example.com', password: 'Password123' });
   */
  addUser(user: { readonly email: string; readonly password: string }): User;
  /**
   * Returns a bearer token of an account, for a client without cookies.
   *
   * @example
   * const headers = { authorization: `Bearer ${server.tokenFor('ada@example.com')}` };
   */
  tokenFor(email: string): string;
  /**
   * Returns the newest code that the API would have sent to an address.
   *
   * @example
   * await client.users.confirm({ email, code: server.codeFor(email) });
   */
  codeFor(email: string): string;
  /**
   * Sets the bot's next reply: its deltas, or a script. Each call adds one more reply.
   *
   * @example
   * server.reply('Hello', ' Ada!');
   * server.reply({ deltas: ['Hel'], end: 'failed' });
   */
  reply(...args: readonly string[] | readonly [ReplyScript]): void;
  /**
   * Applies a fault to the next request of an operation, or of any operation with `*`.
   *
   * @example
   * server.fault('sendMessage', { problem: 'service-unavailable', retryAfterSeconds: 1 });
   * server.fault('*', { connection: 'reset', times: 2 });
   */
  fault(operation: OperationId | '*', fault: MockFault): void;
  /**
   * Expires every access token: requests fail with `unauthenticated` until the session is refreshed.
   *
   * @example
   * server.expireSessions();
   * await client.users.me();
   */
  expireSessions(): void;
  /**
   * Ends every session: a refresh fails with `session-expired`.
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
 * The options of `createMockServer`.
 *
 * @example
 * createMockServer({ registration: 'confirm', now: () => new Date('2026-11-25T12:00:00Z') });
 */
export interface MockServerOptions {
  /** The base URL; `https://chat.test` by default. Requests to other URLs fail. */
  readonly baseUrl?: string | undefined;
  /** `open`, the default: a new account can log in. `confirm`: it first needs the code that `codeFor` returns. */
  readonly registration?: 'open' | 'confirm' | undefined;
  /** The time of timestamps and expiries of sessions, codes and idempotency keys; the clock by default. */
  readonly now?: (() => Date) | undefined;
}
