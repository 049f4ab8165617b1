import type { TestResponse } from '../support/requests/client.ts';

/** The parts of responses that are the same on every host. Ids are numbered by first appearance; times and tokens are dropped. */
export function normalizeResponses(responses: TestResponse[]): object[] {
  const ids: string[] = [];

  function numberOf(id: string): string {
    if (!ids.includes(id)) ids.push(id);
    return `#${ids.indexOf(id)}`;
  }

  return responses.map(({ status, headers, body }) => ({
    status,
    headers: Object.fromEntries(NAMES.map((name) => [name, headers.get(name)])),
    isLimited: headers.has('ratelimit'),
    cookies: headers.getSetCookie().map(withoutValue),
    allow: headers.get('allow')?.split(', ').toSorted(),
    // The body repeats the request id of the header.
    body: JSON.parse(
      JSON.stringify(body ?? null)
        .replaceAll(headers.get('x-request-id') ?? '', 'the request')
        .replace(ID, numberOf)
        .replace(MOMENT, '…'),
    ),
  }));
}

const NAMES = ['content-type', 'cache-control', 'www-authenticate', 'retry-after', 'etag'];
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const MOMENT = /\d{4}-\d\d-\d\dT[\d:.]{12}Z|(?<="next_cursor":")[\w-]+/g;

/** A cookie's attributes, without its value and expiry, unless it is cleared. */
const withoutValue = (cookie: string): string =>
  cookie.replace(/=[^;]+/, '=…').replace(/ Expires=(?!Thu, 01 Jan 1970)[^;]*;/, '');
