import type { OperationId } from '@async-chatbot/api-spec';
import type { Middleware } from './http/middleware.ts';

/** One attempt of a request, without bodies. */
export interface LogEntry {
  /** The operation of the request. */
  readonly operationId: OperationId;
  /** The number of attempts before this one. */
  readonly retries: number;
  /** The HTTP method. */
  readonly method: string;
  /** The URL with its query. */
  readonly url: string;
  /** Milliseconds from sending the request to the headers of the response, or to the failure. */
  readonly durationMs: number;
  /** The headers of the request, with credentials redacted. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** The headers of the response, if there was one. */
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /** The status of the response, if there was one. */
  readonly status?: number;
  /** The error, if there was no response. */
  readonly error?: unknown;
}

/**
 * Returns a middleware that logs every attempt when its response begins or when it fails. The values of the `authorization`,
 * `cookie` and `set-cookie` headers and of those named in `redact` are redacted.
 *
 * @example
 * createClient({ baseUrl, middleware: [logging((entry) => console.log(entry.method, entry.url, entry.status))] });
 */
export function logging(write: (entry: LogEntry) => void, redact: readonly string[] = []): Middleware {
  const secrets = ['authorization', 'cookie', 'set-cookie', ...redact.map((name) => name.toLowerCase())];
  const redacted = (headers: Headers) =>
    Object.fromEntries([...headers].map(([name, value]) => [name, secrets.includes(name) ? '[redacted]' : value]));

  return async function log(request, next) {
    const { operationId, retries, method, url } = request;
    const start = performance.now();
    const writeEntry = (rest: Pick<LogEntry, 'responseHeaders' | 'status' | 'error'>) =>
      write({
        operationId,
        retries,
        method,
        url,
        durationMs: performance.now() - start,
        requestHeaders: redacted(request.headers),
        ...rest,
      });
    const response = await next(request).catch((error: unknown) => {
      writeEntry({ error });
      throw error;
    });
    writeEntry({ status: response.status, responseHeaders: redacted(response.headers) });
    return response;
  };
}
