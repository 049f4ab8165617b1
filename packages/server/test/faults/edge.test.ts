/** Requests that are expensive or malformed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { faultRow } from '../support/faults/fault-row.ts';
import { megabytes, milliseconds, seconds, timed } from '../support/faults/figures.ts';
import type { User } from '../support/faults/user.ts';
import { HOST } from '../support/requests/bad-http.ts';
import { rawConnection } from '../support/requests/raw-connection.ts';
import { http, rawRequest } from '../support/requests/raw-request.ts';

const JSON_TYPE = 'Content-Type: application/json';
const LOGIN = ['POST /users/login HTTP/1.1', HOST, JSON_TYPE];

const cookieOf = ({ jar }: User): string => [...jar].map((pair) => pair.join('=')).join('; ');

/** Sends a header that declares a body, and then the body at 50 MB/s or less, until the server closes the connection. */
async function upload(baseUrl: string, head: string) {
  const { socket, ended, received } = await rawConnection(baseUrl, head);
  const block = Buffer.alloc(65_536, ' ');
  const { ms } = await timed(async () => {
    while (!socket.destroyed) {
      await Promise.race([ended, new Promise((resolve) => socket.write(block, resolve))]);
      await sleep(1);
    }
  });
  return { ms, received: received(), bytes: socket.bytesWritten - socket.writableLength };
}

faultRow(
  'C15',
  {
    fault: 'A client declares and sends a body of 2 GB; another declares 99 MB with `Expect: 100-continue`',
    criterion: '413 after the header, without a 100; the connection is closed long before the end of the body',
  },
  async (open) => {
    const { baseUrl } = await (await open()).start();
    const sent = await upload(baseUrl, http(...LOGIN, `Content-Length: ${2 ** 31}`));
    expect(sent.received.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413']);
    expect(sent.bytes).toBeLessThan(2 ** 29);
    const expecting = await rawConnection(
      baseUrl,
      http(...LOGIN, `Content-Length: ${99 * 2 ** 20}`, 'Expect: 100-continue'),
    );
    const { ms } = await timed(() => expect.poll(expecting.received, { timeout: 5000 }).toContain('\r\n\r\n'));
    await expecting.ended;
    expect(expecting.received().match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 413']);
    return `closed after ${seconds(sent.ms)} and ${megabytes(sent.bytes)}; 413 instead of a 100 after ${milliseconds(ms)}`;
  },
);

/** More than other rows send from this machine within a minute. */
const LIMIT = 300;
const WIDE = JSON.stringify(Object.fromEntries(Array.from({ length: 5000 }, (_, n) => [`canary${n}`, n])));

faultRow(
  'C16',
  {
    fault: `Logins with invalid bodies of 5,000 fields, more than an IP address may send`,
    criterion: `at least ${LIMIT} × 422 with at most 100 errors each; then 429 without validation, which takes less time`,
  },
  async (open) => {
    const product = await open({ environment: { LIMIT_ADDRESS_PER_MINUTE: `${LIMIT}`, TRUST_PROXY_HOPS: '1' } });
    const { baseUrl } = await product.start();
    const login = () =>
      product.clients.send(`${baseUrl}/users/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.16' },
        body: WIDE,
      });
    const times: Record<number, number[]> = { 422: [], 429: [] };
    for (let count = 0; count < 2 * LIMIT; count += 1) {
      const { ms, result } = await timed(login);
      const { errors = [] } = (await result.json()) as { errors?: unknown[] };
      expect(errors.length).toBeLessThanOrEqual(100);
      expect(result.headers.has('retry-after')).toBe(result.status === 429);
      times[result.status]?.push(ms);
    }
    const [validated, refused] = [times[422] ?? [], times[429] ?? []];
    // On a busy machine, DynamoDB is too slow for a moment, and the process counts for itself.
    expect(validated.length).toBeGreaterThanOrEqual(LIMIT);
    expect(validated.length).toBeLessThan(1.5 * LIMIT);
    expect(refused.length).toBe(2 * LIMIT - validated.length);
    expect(median(refused)).toBeLessThan(median(validated));
    return `422 after ${milliseconds(median(validated))}, 429 after ${milliseconds(median(refused))}`;
  },
);

faultRow(
  'C17',
  {
    fault: 'Garbage follows a send on its connection, while the JSON response or the stream is in progress',
    criterion: 'the connection is closed, without a 400 in the response; the reply completes',
  },
  async (open) => {
    const product = await open({ bot: 'model' });
    const { user: ada, baseUrl } = await product.start();
    const closed: string[] = [];
    for (const accept of ['application/json', 'text/event-stream']) {
      const body = JSON.stringify({ content: `canary ${accept}` });
      const head = ['POST /messages HTTP/1.1', HOST, JSON_TYPE, `Accept: ${accept}`, `Cookie: ${cookieOf(ada)}`];
      const connection = await rawConnection(baseUrl, http(...head, `Content-Length: ${body.length}`) + body);
      const isStreamed = accept !== 'application/json';
      if (isStreamed) await expect.poll(connection.received, { timeout: 5000 }).toContain('reply-delta');
      else await sleep(200);
      const { ms } = await timed(async () => {
        connection.socket.write('canary\r\n\r\n');
        await connection.ended;
      });
      expect(connection.received().match(/HTTP\/1.1 \d+/g)).toEqual(isStreamed ? ['HTTP/1.1 201'] : null);
      expect(connection.received()).not.toContain('malformed');
      closed.push(milliseconds(ms));
      const last = async () => (await ada.call('GET', '/messages?limit=1')).body.messages[0];
      await expect.poll(last, { timeout: 10_000 }).toMatchObject({ status: 'completed', is_bot: true });
    }
    return `closed after ${closed.join(' and ')}`;
  },
);

const INVISIBLE = [' ', ' \t\n', '\u00a0\u3000', '\u200b\u200d\ufeff', '\u00ad\u2060\ufe0f'];

faultRow(
  'C22',
  {
    fault:
      'Two cookies with the same name; messages of white space or invisible characters; a path with two slashes; HTTP/2.0',
    criterion: '400; 422; 404; 505',
  },
  async (open) => {
    const { user: ada, baseUrl } = await (await open()).start();
    const token = ada.jar.get('access_token');
    const cookies = ['', 'canary'].flatMap((other) => [
      `access_token=${other}; access_token=${token}`,
      `access_token=${token}; access_token=${other}`,
    ]);
    for (const cookie of cookies) {
      const response = await ada.call('GET', '/users/me', { headers: { cookie } });
      expect([response.status, response.body.code], cookie.replace(`${token}`, 'token')).toEqual([
        400,
        'ambiguous-credentials',
      ]);
    }
    for (const content of INVISIBLE) {
      const { status, body } = await ada.call('POST', '/messages', { json: { content } });
      expect([status, body.code], JSON.stringify(content)).toEqual([422, 'validation-failed']);
    }
    const { body } = await ada.call('GET', '/messages');
    expect(body.messages).toHaveLength(4);
    expect((await rawRequest(baseUrl, http('GET /health// HTTP/1.1', HOST, 'Connection: close'))).status).toBe(404);
    expect((await rawRequest(baseUrl, http('GET /health HTTP/2.0', HOST))).status).toBe(505);
    return `${cookies.length} × 400, ${INVISIBLE.length} × 422, 404, 505`;
  },
);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
