import type { Handle, HttpRequest, HttpResponse, RequestRecord } from '@async-chatbot/core/http/handle';
import type { PipelineOptions } from '@async-chatbot/core/http/pipeline';
import type { SessionCookie } from '@async-chatbot/core/http/session-cookie';
import { delay } from '@async-chatbot/shared/delay';
import { v4 } from 'uuid';
import { unlessAborted } from '../http/unless-aborted.ts';
import { faultResponse } from './fault-response.ts';
import type { MockFault, MockFaults } from './mock-fault.ts';
import { pageCookies } from './page-cookies.ts';
import { parseCookies } from './parse-cookies.ts';
import { readBody } from './read-body.ts';
import { type MockRequest, type Received, receive, toMockRequest } from './received.ts';
import { toResponse } from './to-response.ts';

interface MockFetchOptions {
  createHandle: (intercept: NonNullable<PipelineOptions['intercept']>) => Handle;
  cookies: SessionCookie;
  faults: MockFaults;
  onRequest: (request: MockRequest) => void;
}

interface MockHttpRequest extends HttpRequest {
  readonly received: Received;
  fault: MockFault;
}

/** Creates a `fetch` that passes requests to the pipeline of core, without a network. */
export function mockFetch(base: URL, { createHandle, cookies, faults, onRequest }: MockFetchOptions) {
  const page = pageCookies();

  const handle = createHandle(async (handled, { requestId, operationId }) => {
    // The cast: the `fetch` below creates all requests.
    const request = handled as MockHttpRequest;
    const { received, path } = request;
    onRequest(toMockRequest(received, path + received.url.search, operationId));
    request.fault = faults.take(operationId) ?? {};
    await delay(request.fault.delayMs ?? 0, received.signal);
    if (request.fault.connection === 'refused') throw new TypeError('fetch failed');
    return faultResponse(request.fault, { id: operationId, requestId, request, cookies });
  });

  async function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const received = await receive(input, init);
    const response = respondTo(page.withCookies(received));
    return received.signal ? unlessAborted(response, received.signal) : response;
  }

  async function respondTo(received: Received): Promise<Response> {
    const path = pathAfterBase(base, received.url);
    const handling = new AbortController();
    function end(): void {
      received.signal?.removeEventListener('abort', end);
      handling.abort();
    }
    received.signal?.addEventListener('abort', end);
    const request = httpRequest(received, path, handling.signal);
    const record: RequestRecord = { requestId: v4() };
    const response = await handle(request, record);
    if (request.fault.connection === 'reset' || record.problem?.code === 'internal-error') {
      end();
      // The cause is a refused connection, or a bug of the mock server, which must not look like an outage.
      throw record.problem?.cause ?? new TypeError('fetch failed');
    }
    const isFromProxy = request.fault.status !== undefined;
    const headers = [...response.headers, ...(isFromProxy ? [] : [requestIdHeader(record)])];
    const sent = toResponse({ ...response, headers }, received, request.fault, end);
    page.store(received.url, response.headers, sent);
    return sent;
  }

  return { fetch, clearCookies: page.clear };
}

const requestIdHeader = ({ requestId }: RequestRecord): HttpResponse['headers'][number] => ['X-Request-Id', requestId];

/** Returns the path after the base URL. Throws for any other URL, as `fetch` does for an unreachable host. */
function pathAfterBase({ origin, pathname, href }: URL, url: URL): string {
  const folder = pathname.replace(/\/+$/, '');
  if (url.origin === origin && `${url.pathname}/`.startsWith(`${folder}/`)) return url.pathname.slice(folder.length);
  throw new TypeError(`fetch failed: ${url.origin}${url.pathname} is not below the mock server's base URL ${href}`);
}

function httpRequest(received: Received, path: string, signal: AbortSignal): MockHttpRequest {
  const { method, url, headers, bytes } = received;
  // Without these two headers, the CSRF check accepts pages of every origin.
  const { origin: _origin, 'sec-fetch-site': _site, cookie = '', ...others } = Object.fromEntries(headers);
  return {
    received,
    fault: {},
    method,
    path,
    query: queryOf(url),
    headers: { ...others, cookie },
    cookies: parseCookies(cookie),
    readBody: () => readBody(headers, bytes),
    signal: () => signal,
  };
}

/** Parses the query. A repeated name has an array of values. */
function queryOf({ searchParams }: URL): HttpRequest['query'] {
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const [value = '', ...more] = searchParams.getAll(name);
      return [name, more.length > 0 ? [value, ...more] : value];
    }),
  );
}
