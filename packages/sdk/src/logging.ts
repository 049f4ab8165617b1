import type { OperationId } from '@async-chatbot/api-spec';
import type { Middleware } from './http/middleware.ts';

/** What is told of an attempt. Bodies are never among it. */
export interface LogEntry {
  /** The operation that was called. */
  readonly operationId: OperationId;
  /** How often this call was made before; 0 for the first time. */
  readonly retries: number;
  /** The HTTP method. */
  readonly method: string;
  /** Where it went, with its query. */
  readonly url: string;
  /** From the sending to the head of the answer, or the failure. */
  readonly durationMs: number;
  /** The headers that were sent, without what proves who somebody is. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** Those of the answer, if there was one. */
  readonly responseHeaders?: Readonly<Record<string, string>>;
  /** The status of the answer, if there was one. */
  readonly status?: number;
  /** Why there was none. */
  readonly error?: unknown;
}

/**
 * A middleware that tells of every attempt when its answer begins, or fails. Tokens and cookies are redacted, and so are
 * the headers that `redact` names.
 *
 * @example
 * createClient({ baseUrl, middleware: [logging((entry) => console.log(entry.method, entry.url, entry.status))] });
 */
export function logging(write: (entry: LogEntry) => void, redact: readonly string[] = []): Middleware {
  const secrets = ['authorization', 'cookie', 'set-cookie', ...redact.map((name) => name.toLowerCase())];
  const shown = (headers: Headers) =>
    Object.fromEntries([...headers].map(([name, value]) => [name, secrets.includes(name) ? '[redacted]' : value]));

  return async function log(request, next) {
    const { operationId, retries, method, url } = request;
    const start = performance.now();
    const tell = (rest: Pick<LogEntry, 'responseHeaders' | 'status' | 'error'>) =>
      write({
        operationId,
        retries,
        method,
        url,
        durationMs: performance.now() - start,
        requestHeaders: shown(request.headers),
        ...rest,
      });
    const response = await next(request).catch((error: unknown) => {
      tell({ error });
      throw error;
    });
    tell({ status: response.status, responseHeaders: shown(response.headers) });
    return response;
  };
}
