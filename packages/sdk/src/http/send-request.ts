import type { OperationEntry, OperationId } from '@async-chatbot/api-spec';
import { operations } from '@async-chatbot/api-spec/operations';
import type { ChangeOptions, ClientOptions, ResumeOptions, SendOptions } from '../options.ts';
import { definedEntries } from './defined-entries.ts';
import type { Next } from './middleware.ts';
import { operationUrl, type UrlParameters } from './operation-url.ts';
import { parseResponse } from './parse-response.ts';
import { requestTimeout } from './request-timeout.ts';

/** The inputs of all operations combined. */
export interface AnyOperationInput extends UrlParameters, SendOptions, ChangeOptions, ResumeOptions {
  readonly header?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  /** The media type of the response, if the operation has several. */
  readonly accept?: string;
  /** If `isRaw`, the body of a success is left unread. It may be set until the response arrives. */
  readonly reading?: { isRaw: boolean };
  /** Converts the body of a 202 to the result of the call. */
  readonly complete?: (accepted: unknown) => Promise<unknown>;
}

/** An input whose signal combines those of the call and the client. */
export interface AbortableInput extends AnyOperationInput {
  readonly signal: AbortSignal;
}

/** A successful response with its parsed body. */
export interface ApiResponse {
  readonly data: unknown;
  readonly response: Response;
  readonly requestId: string | undefined;
}

/** Sends a prepared request and parses the response. Retries send the same request with the current cookies. */
export type SendRequest = (retries: number) => Promise<ApiResponse>;

/** Builds the request of an operation, without sending it. */
export type PrepareRequest = (id: OperationId, input: AbortableInput) => SendRequest;

/** The API responds with JSON within 50 s, and sends a heartbeat every 15 s in a stream. */
export const DEFAULT_TIMEOUT_MS = 100_000;

/** Prepares requests to the API at `base`, which pass through the middleware to `send`. */
export function requestPreparer(base: string, send: Next, options: ClientOptions): PrepareRequest {
  const { token, middleware = [] } = options;
  const cacheOptions = noStore();

  return function prepareRequest(operationId, input) {
    const { method, path, responseTypes = [] }: OperationEntry = operations[operationId];
    const [defaultType = 'application/json'] = responseTypes;
    const { accept = defaultType, reading, id_conversation } = input;
    const { timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS } = input;
    const url = base + operationUrl(path, input.path, { id_conversation, ...input.query });
    const body: string | undefined = JSON.stringify(input.body);
    const callHeaders = { ...input.header, ...input.headers };

    return async function sendRequest(retries) {
      const timeout = requestTimeout(`${method} ${url.replace(/\?.*/, '')}`, timeoutMs, input);
      // The first middleware is the outermost.
      const sendThrough = middleware.reduceRight<Next>(
        (next, layer) => async (request) => layer(request, next),
        (request) => send(request).catch((cause: unknown) => timeout.fail(cause, 'No response')),
      );

      return timeout.limit(async () => {
        const bearer = typeof token === 'function' ? await token() : token;
        const headers = new Headers(options.headers);
        const entries = definedEntries({
          authorization: bearer ? `Bearer ${bearer}` : undefined,
          'idempotency-key': input.idempotencyKey,
          'if-match': input.ifMatch,
          'last-event-id': input.lastEventId,
          ...callHeaders,
          accept: `${accept}, application/problem+json`,
          'content-type': body && 'application/json',
        });
        for (const [name, value] of entries) headers.set(name, value);
        const response = await sendThrough({
          operationId,
          retries,
          url,
          method,
          headers,
          body: body ?? null,
          signal: timeout.signal,
          // The API rejects a request with both a token and a session cookie.
          credentials: token ? 'omit' : 'include',
          // The API never redirects, and the target of a redirect must not receive the session.
          redirect: 'manual',
          ...cacheOptions,
        });
        const requestId = response.headers.get('x-request-id') ?? undefined;
        const isRaw = response.ok && reading?.isRaw;
        const data = isRaw ? undefined : await parseResponse(accept, response, requestId, timeout);
        return { data, response, requestId };
      });
    };
  };
}

/** Next.js 14 caches every `fetch` that does not opt out. Some workers throw an error for the option. */
function noStore(): Pick<RequestInit, 'cache'> {
  const cacheOptions = { cache: 'no-store' } as const;
  try {
    new Request('http://localhost', cacheOptions);
    return cacheOptions;
  } catch {
    return {};
  }
}
