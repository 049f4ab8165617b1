import type { ApiError } from './errors/api-error.ts';
import type { Middleware } from './http/middleware.ts';
import type { SessionState } from './session/set-cookie.ts';

/** The part of `fetch` that the client uses; the global one fits. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Options of `createClient`. */
export interface ClientOptions {
  /** The URL of the API, such as `https://chat.example.com`. In a browser it may be relative to the page. */
  readonly baseUrl: string;
  /** Sends the requests; the global `fetch` by default. */
  readonly fetch?: Fetch | undefined;
  /** Headers of every request. With an `authorization` or a `cookie` among them, the session is not refreshed. */
  readonly headers?: NonNullable<RequestInit['headers']> | undefined;
  /** A Cognito access token in place of a session, or a function that returns one for each attempt. It is not refreshed. */
  readonly token?: string | (() => string | Promise<string>) | undefined;
  /** A session from `client.session.export()`, to continue it. Browsers store sessions themselves. */
  readonly session?: SessionState | undefined;
  /** How often a call is retried after a temporary failure, if that is safe; 2 by default. */
  readonly maxRetries?: number | undefined;
  /**
   * How long an attempt may take, and a stream may be silent, in milliseconds; 100 000 by default, `Infinity` for no limit.
   * After that the call rejects with a `TimeoutError`.
   */
  readonly timeoutMs?: number | undefined;
  /** Aborts every call of the client, which rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Wraps every attempt; the first is the outermost. */
  readonly middleware?: readonly Middleware[] | undefined;
  /**
   * Called once when the session ends and cannot be refreshed; `error.code` says why. Not called after a logout, or the
   * deletion of the account, by this client.
   *
   * @example
   * createClient({ baseUrl, onSessionEnd: (error) => showLogin(error.message) });
   */
  readonly onSessionEnd?: ((error: ApiError) => void) | undefined;
}

/** Options of every call. */
export interface CallOptions {
  /** Aborts the call, which rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Overrides the `timeoutMs` of the client. */
  readonly timeoutMs?: number | undefined;
  /** Overrides the `maxRetries` of the client. */
  readonly maxRetries?: number | undefined;
  /** Additional headers, which override those of the client. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Options of a call about messages. */
export interface MessageOptions extends CallOptions {
  /** The conversation; the default one if left out. */
  readonly id_conversation?: string | undefined;
}

/** Options of a call that sends a message. */
export interface SendOptions extends MessageOptions {
  /** A unique key that identifies this send; random by default. Retries have the same key. */
  readonly idempotencyKey?: string | undefined;
}

/** Options of a call that changes a message. */
export interface ChangeOptions extends MessageOptions {
  /** The `ETag` of the expected version, such as `"1"`. For any other the call rejects with `message-changed`. */
  readonly ifMatch?: string | undefined;
}

/** Options of a call that resumes a reply. */
export interface ResumeOptions extends MessageOptions {
  /** The id of the last event that was received. */
  readonly lastEventId?: string | undefined;
}
