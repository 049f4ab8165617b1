import { v4 } from 'uuid';
import { unlessAborted } from '../http/unless-aborted.ts';
import { answerOfProblem } from './answer.ts';
import type { Memory } from './call.ts';
import { faultyAnswer } from './faulty-answer.ts';
import { handler } from './handle.ts';
import type { MockFaults } from './mock-fault.ts';
import { pageCookies } from './page-cookies.ts';
import { pause } from './pause.ts';
import { type MockRequest, type Received, receive, toMockRequest } from './received.ts';
import { respond } from './respond.ts';
import { routes } from './routes.ts';
import { sessionCookies } from './session-cookies.ts';

interface MockFetchOptions {
  faults: MockFaults;
  onRequest: (request: MockRequest) => void;
}

/** A `fetch` that goes no further than the memory. */
export function mockFetch(base: URL, memory: Memory, { faults, onRequest }: MockFetchOptions) {
  const cookies = sessionCookies(base);
  const handle = handler(memory, cookies);
  const { find, problemOf } = routes();
  const page = pageCookies();

  async function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const request = await receive(input, init);
    const answer = exchange(page.withCookies(request));
    return request.signal ? unlessAborted(answer, request.signal) : answer;
  }

  async function exchange(request: Received): Promise<Response> {
    const path = pathBehind(base, request.url);
    const route = find(request.method, path);
    onRequest(toMockRequest(request, path + request.url.search, route?.id));
    const fault = faults.take(route?.id) ?? {};
    await pause(fault.delayMs ?? 0, request.signal);
    if (fault.connection === 'refused') throw new TypeError('fetch failed');

    const requestId = v4();
    const answer =
      faultyAnswer(fault, { id: route?.id, requestId, cookies }) ??
      (route ? await handle(request, route, requestId) : answerOfProblem(problemOf(path), requestId));
    if (fault.connection === 'reset') {
      answer.onEnd?.();
      throw new TypeError('fetch failed');
    }
    const response = respond(answer, request.method, fault, request.signal);
    page.keep(request.url, answer.headers, response);
    return response;
  }

  return { fetch, forgetCookies: page.clear };
}

/** The path behind the base; rejects what goes elsewhere, as a network without a way there does. */
function pathBehind({ origin, pathname, href }: URL, url: URL): string {
  const folder = pathname.replace(/\/+$/, '');
  if (url.origin === origin && `${url.pathname}/`.startsWith(`${folder}/`)) return url.pathname.slice(folder.length);
  throw new TypeError(`fetch failed: ${url.origin}${url.pathname} is not behind the mock's ${href}`);
}
