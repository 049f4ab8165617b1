import type { ApiError } from './api-error.ts';

/** The part of `fetch` that the client uses; the global one fits. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How a client is made. */
export interface ClientOptions {
  /** Where the API is: `https://chat.example.com`, with a path if it has one. In a browser also relative to the page. */
  readonly baseUrl: string;
  /** What sends the requests; the global `fetch` if left out. */
  readonly fetch?: Fetch;
  /** Headers of every request, such as `{ authorization: 'Bearer …' }`; with that, or with a `cookie`, nothing is refreshed. */
  readonly headers?: NonNullable<RequestInit['headers']>;
  /** How often a call that failed in passing is made again, if that is safe; 2 if left out. */
  readonly maxRetries?: number;
  /**
   * Called once when a session ends by itself: its refresh was answered 401, and `error.code` says why. A logout, or the
   * deletion of the account, by this client is no such end.
   *
   * @example
   * createClient({ baseUrl, onSessionEnd: (error) => showLogin(error.message) });
   */
  readonly onSessionEnd?: (error: ApiError) => void;
}

/** What every call takes last. */
export interface CallOptions {
  /** Aborts the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** How often this call is made again, in place of what the client has. */
  readonly maxRetries?: number;
}
