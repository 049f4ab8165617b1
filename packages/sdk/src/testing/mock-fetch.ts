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
import { respond } from './respond.ts';

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

/** A `fetch` that passes requests to the pipeline, without a network. */
export function mockFetch(base: URL, { createHandle, cookies, faults, onRequest }: MockFetchOptions) {
  const page = pageCookies();

  const handle = createHandle(async (handled, { requestId, operationId }) => {
    // The cast: the fetch below makes all requests.
    const request = handled as MockHttpRequest;
    const { received, path } = request;
    onRequest(toMockRequest(received, path + received.url.search, operationId));
    request.fault = faults.take(operationId) ?? {};
    await delay(request.fault.delayMs ?? 0, received.signal);
    if (request.fault.connection === 'refused') throw new TypeError('fetch failed');
    return faultResponse(request.fault, { id: operationId, requestId, cookies });
  });

  async function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const received = await receive(input, init);
    const response = exchange(page.withCookies(received));
    return received.signal ? unlessAborted(response, received.signal) : response;
  }

  async function exchange(received: Received): Promise<Response> {
    const path = pathBehind(base, received.url);
    const over = new AbortController();
    function end(): void {
      received.signal?.removeEventListener('abort', end);
      over.abort();
    }
    received.signal?.addEventListener('abort', end);
    const request = httpRequest(received, path, over.signal);
    const record: RequestRecord = { requestId: v4() };
    const response = await handle(request, record);
    if (request.fault.connection === 'reset' || record.problem?.code === 'internal-error') {
      end();
      // A thrown error is a refused connection, or a bug that must not look like an outage.
      throw record.problem?.cause ?? new TypeError('fetch failed');
    }
    const isForeign = request.fault.status !== undefined;
    const headers = [...response.headers, ...(isForeign ? [] : [requestIdHeader(record)])];
    const sent = respond({ ...response, headers }, received, request.fault, end);
    page.store(received.url, response.headers, sent);
    return sent;
  }

  return { fetch, clearCookies: page.clear };
}

const requestIdHeader = ({ requestId }: RequestRecord): HttpResponse['headers'][number] => ['X-Request-Id', requestId];

/** The path after the base URL; throws for any other URL, as a network without a route does. */
function pathBehind({ origin, pathname, href }: URL, url: URL): string {
  const folder = pathname.replace(/\/+$/, '');
  if (url.origin === origin && `${url.pathname}/`.startsWith(`${folder}/`)) return url.pathname.slice(folder.length);
  throw new TypeError(`fetch failed: ${url.origin}${url.pathname} is not behind the mock's ${href}`);
}

function httpRequest(received: Received, path: string, signal: AbortSignal): MockHttpRequest {
  const { method, url, headers, bytes } = received;
  // Without these two, pages of every origin may use the mock.
  const { origin: _origin, 'sec-fetch-site': _site, cookie = '', ...others } = Object.fromEntries(headers);
  return {
    received,
    fault: {},
    method,
    path,
    query: queryOf(url),
    headers: others,
    cookies: parseCookies(cookie),
    readBody: () => readBody(headers, bytes),
    signal: () => signal,
  };
}

/** A repeated name has a list of values. */
function queryOf({ searchParams }: URL): HttpRequest['query'] {
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const [value = '', ...more] = searchParams.getAll(name);
      return [name, more.length > 0 ? [value, ...more] : value];
    }),
  );
}
