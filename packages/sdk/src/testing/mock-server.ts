import type { OperationId } from '../http/operation.ts';
import type { User } from '../schemas.ts';
import type { MockFault } from './mock-fault.ts';
import type { MockRequest } from './received.ts';
import type { ReplyScript } from './reply-script.ts';

/** The API in memory, and what a test has to say about it. */
export interface MockServer {
  /** Where it is, for `createClient`. */
  readonly baseUrl: string;
  /**
   * Answers as the API does; takes what the global `fetch` takes.
   *
   * @example
   * const client = createClient({ baseUrl: server.baseUrl, fetch: server.fetch });
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * Every request that came, the oldest first.
   *
   * @example
   * expect(server.requests.at(-1)).toMatchObject({ operationId: 'sendMessage', body: { content: 'Hello!' } });
   */
  readonly requests: readonly MockRequest[];
  /**
   * Makes an account that can log in.
   *
   * @example
   * server.addUser({ email: 'ada@example.com', password: 'Password123' });
   */
  addUser(user: { readonly email: string; readonly password: string }): User;
  /**
   * A bearer token of an account, for a client without cookies.
   *
   * @example
   * const headers = { authorization: `Bearer ${server.tokenFor('ada@example.com')}` };
   */
  tokenFor(email: string): string;
  /**
   * The newest code that would have been e-mailed to an address.
   *
   * @example
   * await client.users.confirm({ email, code: server.codeFor(email) });
   */
  codeFor(email: string): string;
  /**
   * How the bot answers next: piece by piece, or as a script says. Further calls are for further replies.
   *
   * @example
   * server.reply('Hello', ' Ada!');
   * server.reply({ deltas: ['Hel'], end: 'failed' });
   */
  reply(...said: readonly string[] | readonly [ReplyScript]): void;
  /**
   * What goes wrong with the next call of an operation, or of any.
   *
   * @example
   * server.fault('sendMessage', { problem: 'service-unavailable', retryAfterSeconds: 1 });
   * server.fault('*', { connection: 'reset', times: 2 });
   */
  fault(operation: OperationId | '*', fault: MockFault): void;
  /**
   * Every access token has expired: the next call is answered `unauthenticated`, until the session is refreshed.
   *
   * @example
   * server.expireSessions();
   * await client.users.me();
   */
  expireSessions(): void;
  /**
   * Every session is over: its refresh is answered `session-expired`.
   *
   * @example
   * server.endSessions();
   * await expect(client.users.me()).rejects.toMatchObject({ code: 'session-expired' });
   */
  endSessions(): void;
  /**
   * Forgets everything: accounts, messages, requests, and what was told to happen.
   *
   * @example
   * afterEach(() => server.reset());
   */
  reset(): void;
}

/**
 * How a mock server is made.
 *
 * @example
 * createMockServer({ registration: 'confirm', now: () => new Date('2026-11-25T12:00:00Z') });
 */
export interface MockServerOptions {
  /** Where it is; `https://chat.test` if left out. Only what goes there is answered. */
  readonly baseUrl?: string | undefined;
  /** `open`, if left out: who registers can log in. `confirm`: a code is sent, which `codeFor` tells. */
  readonly registration?: 'open' | 'confirm' | undefined;
  /** The time by which it gives timestamps and lets sessions, codes and keys expire; the clock's if left out. */
  readonly now?: (() => Date) | undefined;
}
