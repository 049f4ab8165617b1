/** Both hosts give the same responses for any method, path, query, body and headers. */
import { operations } from '@async-chatbot/api-spec/operations';
import { expect, it } from 'vitest';
import { BODIES } from '../support/requests/bad-bodies.ts';
import { BAD_QUERIES } from '../support/requests/bad-queries.ts';
import { type Client, connect, loggedIn, type TestResponse } from '../support/requests/client.ts';
import { ODD_COOKIES } from '../support/requests/odd-cookies.ts';
import { mockServer, scriptedServer } from './both-hosts.ts';
import { normalizeResponses } from './normalize-responses.ts';

const ID = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';
const PATHS = [...new Set(Object.values(operations).map(({ path }) => path.replace(/\{\w+\}/, ID)))];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY'];

const OWN_SITES = ['same-origin', 'none'];
const BAD_IDS = ['%', '%E0%A4%A', 'canary', '%00', '..%2F', '*', ID.toUpperCase()];

const hosts = [await scriptedServer(), mockServer()] as const;

/** Sends each request with and without a session. */
async function same(requests: (client: Client) => Promise<TestResponse>[]): Promise<void> {
  const [expected, responses] = await Promise.all(
    hosts.map(async ({ baseUrl, send }) => {
      const answers: TestResponse[] = [];
      for (const client of [await loggedIn(baseUrl, send), connect(baseUrl, send)])
        answers.push(...(await Promise.all(requests(client))));
      return normalizeResponses(answers);
    }),
  );
  expect(expected?.length).toBeGreaterThan(0);
  expect(responses).toEqual(expected);
}

it('every method on every path, with and without a trailing slash', { timeout: 60_000 }, () =>
  // Without a session, since some would end it.
  same((client) =>
    client.jar.size > 0
      ? []
      : [...PATHS, '/users', '/Messages', '/messages/a/b', '//messages'].flatMap((path) =>
          METHODS.flatMap((method) => ['', '/'].map((end) => client.call(method, path + end))),
        ),
  ),
);

it('every bad body', { timeout: 60_000 }, () =>
  same((client) =>
    // A stream can be sent once.
    BODIES.filter(({ body }) => !(body instanceof ReadableStream)).map(({ body, headers = {} }) =>
      client.call('POST', '/messages', { ...(body && { body }), headers }),
    ),
  ),
);

it('every bad query', () => same((client) => BAD_QUERIES.map(([path]) => client.call('GET', path))));

it('every bad path', () =>
  same((client) => BAD_IDS.map((id) => client.call('PUT', `/messages/${id}`, { json: { content: 'canary' } }))));

it('every odd cookie', { timeout: 60_000 }, () =>
  same(({ call, jar }) =>
    ODD_COOKIES.flatMap((cookie) => [
      call('GET', '/users/me', { headers: { cookie: cookie('access_token', jar.get('access_token') ?? 'canary') } }),
      // A valid refresh token would end the session.
      call('POST', '/users/refresh', { headers: { cookie: cookie('refresh_token', 'canary') } }),
    ]),
  ),
);

it.each([...OWN_SITES, 'same-site', 'cross-site'])('every bad path, with sec-fetch-site: %s', (site) =>
  same(({ call }) =>
    // Cross-site pages may only read. The mock server does not distinguish them.
    (OWN_SITES.includes(site) ? METHODS : ['GET', 'HEAD', 'OPTIONS']).flatMap((method) =>
      BAD_IDS.map((id) => call(method, `/messages/${id}`, { headers: { 'sec-fetch-site': site } })),
    ),
  ),
);
