import type { ApiError } from './errors/api-error.ts';
import type { Middleware } from './http/middleware.ts';
import type { SessionState } from './session/set-cookie.ts';

/** The part of `fetch` that the client uses; the global one fits. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How a client is made. */
export interface ClientOptions {
  /** Where the API is: `https://chat.example.com`, with a path if it has one. In a browser also relative to the page. */
  readonly baseUrl: string;
  /** What sends the requests; the global `fetch` if left out. */
  readonly fetch?: Fetch | undefined;
  /** Headers of every request; with an `authorization` or a `cookie` among them, nothing is refreshed. */
  readonly headers?: NonNullable<RequestInit['headers']> | undefined;
  /** A Cognito access token, or what gives one before every attempt; in place of a session, so nothing is refreshed. */
  readonly token?: string | (() => string | Promise<string>) | undefined;
  /** A session to go on with, as `client.session.export()` gave it; outside browsers, which keep sessions themselves. */
  readonly session?: SessionState | undefined;
  /** How often a call that failed in passing is made again, if that is safe; 2 if left out. */
  readonly maxRetries?: number | undefined;
  /**
   * How long an attempt may take, and a stream be silent, in milliseconds; 100 000 if left out, and `Infinity` is no limit.
   * What takes longer is a `TimeoutError`.
   */
  readonly timeoutMs?: number | undefined;
  /** Aborts every call of the client, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** What every attempt goes through, the first of them outermost. */
  readonly middleware?: readonly Middleware[] | undefined;
  /**
   * Called once when a session ends by itself: its refresh was answered 401, and `error.code` says why. A logout, or the
   * deletion of the account, by this client is no such end.
   *
   * @example
   * createClient({ baseUrl, onSessionEnd: (error) => showLogin(error.message) });
   */
  readonly onSessionEnd?: ((error: ApiError) => void) | undefined;
}

/** What every call takes last. */
export interface CallOptions {
  /** Aborts the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** How long an attempt may take, and a stream be silent, in place of what the client has. */
  readonly timeoutMs?: number | undefined;
  /** How often this call is made again, in place of what the client has. */
  readonly maxRetries?: number | undefined;
  /** More headers, in place of the client's of the same name. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What a call about messages takes last. */
export interface MessageOptions extends CallOptions {
  /** The conversation; left out, the default one. */
  readonly id_conversation?: string | undefined;
}

/** What a call that sends takes last. */
export interface SendOptions extends MessageOptions {
  /** A word for this send and no other, kept over its retries; made up if left out. */
  readonly idempotencyKey?: string | undefined;
}

/** What a call that changes a message takes last. */
export interface ChangeOptions extends MessageOptions {
  /** The `ETag` of the version that is meant, such as `"1"`; another one is answered `message-changed`. */
  readonly ifMatch?: string | undefined;
}

/** What a call that follows a reply takes last. */
export interface ResumeOptions extends MessageOptions {
  /** The id of the last event that is known already. */
  readonly lastEventId?: string | undefined;
}
