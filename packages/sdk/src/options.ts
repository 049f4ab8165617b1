import type { ApiError } from './errors/api-error.ts';
import type { Middleware } from './http/middleware.ts';
import type { SessionState } from './session/set-cookie.ts';

/** The part of `fetch` that the client uses. The global `fetch` is assignable to it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Options of `createClient`. */
export interface ClientOptions {
  /** The URL of the API, such as `https://chat.example.com`. In a browser it may be relative to the page. */
  readonly baseUrl: string;
  /** Sends the requests; the global `fetch` by default. */
  readonly fetch?: Fetch | undefined;
  /** Headers of every request. If they include `authorization` or `cookie`, the session is not refreshed. */
  readonly headers?: NonNullable<RequestInit['headers']> | undefined;
  /** A Cognito access token to use instead of a session, or a function that returns one for each attempt. Not refreshed. */
  readonly token?: string | (() => string | Promise<string>) | undefined;
  /** A session from `client.session.export()` to continue. Not needed in browsers, which store cookies themselves. */
  readonly session?: SessionState | undefined;
  /** The maximum number of retries after temporary failures, if retrying is safe; 2 by default, 5 in a row for a stream. */
  readonly maxRetries?: number | undefined;
  /**
   * How long an attempt may take and how long a stream may be silent, in milliseconds; 100,000 by default, `Infinity` for no
   * limit. After that, the attempt fails with a `TimeoutError`, which is retried if that is safe.
   */
  readonly timeoutMs?: number | undefined;
  /** Aborts every call of the client. The calls reject with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
  /** Functions that wrap every attempt. The first is the outermost. */
  readonly middleware?: readonly Middleware[] | undefined;
  /**
   * Called once when the session has ended and cannot be refreshed. `error.code` says why. Not called when this client logs
   * out or deletes the account.
   *
   * @example
   * createClient({ baseUrl, onSessionEnd: (error) => showLogin(error.message) });
   */
  readonly onSessionEnd?: ((error: ApiError) => void) | undefined;
}

/** Options of every call. */
export interface CallOptions {
  /** Aborts the call, which rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
  /** Overrides the `timeoutMs` of the client. */
  readonly timeoutMs?: number | undefined;
  /** Overrides the `maxRetries` of the client. */
  readonly maxRetries?: number | undefined;
  /** Additional headers. They override those of the client. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Options of calls that concern messages. */
export interface MessageOptions extends CallOptions {
  /** The id of the conversation; the default conversation if omitted. */
  readonly id_conversation?: string | undefined;
}

/** Options of calls that send a message. */
export interface SendOptions extends MessageOptions {
  /** A unique key that identifies this send; random by default. Retries have the same key, so the message is stored once. */
  readonly idempotencyKey?: string | undefined;
}

/** Options of calls that change a message. */
export interface ChangeOptions extends MessageOptions {
  /** The `ETag` of the expected version, such as `"1"`. Rejects with `message-changed` (412) if the message has another. */
  readonly ifMatch?: string | undefined;
}

/** Options of calls that resume a reply. */
export interface ResumeOptions extends MessageOptions {
  /** The id of the last event received. The stream starts after it. */
  readonly lastEventId?: string | undefined;
}
