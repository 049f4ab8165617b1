/** The part of `fetch` that the client uses; the global one fits. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** How a client is made. */
export interface ClientOptions {
  /** Where the API is: `https://chat.example.com`, with a path if it has one. In a browser also relative to the page. */
  readonly baseUrl: string;
  /** What sends the requests; the global `fetch` if left out. */
  readonly fetch?: Fetch;
  /** Headers of every request, such as `{ authorization: 'Bearer …' }`. */
  readonly headers?: NonNullable<RequestInit['headers']>;
}

/** What every call takes last. */
export interface CallOptions {
  /** Aborts the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}
