import type { Handle, HttpRequest, HttpResponse, RequestRecord } from '@async-chatbot/core/http/handle';
import type { SessionCookie } from '@async-chatbot/core/http/session-cookie';
import { delay } from '@async-chatbot/shared/delay';
import { v4 } from 'uuid';
import type { OperationId } from '../http/operation.ts';
import { unlessAborted } from '../http/unless-aborted.ts';
import { faultResponse } from './fault-response.ts';
import type { MockFaults } from './mock-fault.ts';
import { pageCookies } from './page-cookies.ts';
import { readBody } from './read-body.ts';
import { type MockRequest, type Received, receive, toMockRequest } from './received.ts';
import { respond } from './respond.ts';

interface MockFetchOptions {
  handle: Handle;
  operationOf: (method: string, path: string) => OperationId | undefined;
  cookies: SessionCookie;
  faults: MockFaults;
  onRequest: (request: MockRequest) => void;
}

/** A `fetch` that hands requests to the pipeline and goes no further. */
export function mockFetch(base: URL, { handle, operationOf, cookies, faults, onRequest }: MockFetchOptions) {
  const page = pageCookies();

  async function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const request = await receive(input, init);
    const response = exchange(page.withCookies(request));
    return request.signal ? unlessAborted(response, request.signal) : response;
  }

  async function exchange(request: Received): Promise<Response> {
    const path = pathBehind(base, request.url);
    const operation = operationOf(request.method, path);
    onRequest(toMockRequest(request, path + request.url.search, operation));
    const fault = faults.take(operation) ?? {};
    await delay(fault.delayMs ?? 0, request.signal);
    if (fault.connection === 'refused') throw new TypeError('fetch failed');

    const record: RequestRecord = { requestId: v4() };
    const over = new AbortController();
    const response: HttpResponse =
      (await faultResponse(fault, { id: operation, requestId: record.requestId, cookies })) ??
      (await handle(httpRequest(request, path, over.signal), record));
    // A bug of the mock must not look like an outage that the client retries.
    if (record.problem?.code === 'internal-error') throw record.problem.cause;
    if (fault.connection === 'reset') {
      over.abort();
      throw new TypeError('fetch failed');
    }
    const isForeign = fault.status !== undefined;
    const headers = [...response.headers, ...(isForeign ? [] : [requestId(record)])];
    const sent = respond({ ...response, headers }, request, fault, () => over.abort());
    page.store(request.url, response.headers, sent);
    return sent;
  }

  return { fetch, clearCookies: page.clear };
}

const requestId = (record: RequestRecord): HttpResponse['headers'][number] => ['X-Request-Id', record.requestId];

/** The path behind the base; throws for what goes elsewhere, as a network without a route there does. */
function pathBehind({ origin, pathname, href }: URL, url: URL): string {
  const folder = pathname.replace(/\/+$/, '');
  if (url.origin === origin && `${url.pathname}/`.startsWith(`${folder}/`)) return url.pathname.slice(folder.length);
  throw new TypeError(`fetch failed: ${url.origin}${url.pathname} is not behind the mock's ${href}`);
}

function httpRequest({ method, url, headers, bytes }: Received, path: string, signal: AbortSignal): HttpRequest {
  // Without these two, pages of every origin may use the mock.
  const { origin: _origin, 'sec-fetch-site': _site, cookie = '', ...others } = Object.fromEntries(headers);
  return {
    method,
    path,
    query: queryOf(url),
    headers: others,
    cookies: cookiesOf(cookie),
    readBody: () => readBody(headers, bytes),
    signal,
  };
}

/** A name that comes several times has several values. */
function queryOf({ searchParams }: URL): HttpRequest['query'] {
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const [value = '', ...more] = searchParams.getAll(name);
      return [name, more.length > 0 ? [value, ...more] : value];
    }),
  );
}

/** The first of a name counts, as it does for the server. */
const cookiesOf = (header: string): Record<string, string> =>
  Object.fromEntries(
    header
      .split(';')
      .map((pair) => pair.trim().split('='))
      .map(([name = '', value = '']) => [name, value] as const)
      .reverse(),
  );
