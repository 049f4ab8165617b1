import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Client, createClient, type ProblemCode } from '../../src/index.ts';
import { caseServer } from '../support/fault-server.ts';
import { fixtureServer, json, problem, type Responder } from '../support/fixture-server.ts';
import { recordedDelays } from '../support/recorded-delays.ts';
import { REPLY, replyServer, TEXT } from '../support/reply-server.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Temporary and permanent failures, with and without a problem of the API. */
const failures: ReadonlyArray<readonly [status: number, code: ProblemCode | undefined, isTemporary: boolean]> = [
  [408, 'request-timeout', true],
  [408, undefined, true],
  [409, 'reply-in-progress', true],
  [409, 'message-changed', false],
  [409, undefined, false],
  [429, 'too-many-requests', true],
  [429, 'too-many-streams', true],
  [429, 'quota-exceeded', false],
  [429, undefined, true],
  [500, 'internal-error', true],
  [500, undefined, true],
  [502, undefined, true],
  [503, 'bot-unavailable', true],
  [503, undefined, true],
  [504, undefined, true],
  [400, undefined, false],
  [401, undefined, false],
  // A newer server may know more codes.
  [403, 'canary-new' as ProblemCode, false],
  [503, 'canary-new' as ProblemCode, true],
  [404, 'message-not-found', false],
  [422, 'validation-failed', false],
];
const RETRY_NOW = { 'retry-after': '0' };
const html = (status: number) => json('<h1>canary</h1>', status, { ...RETRY_NOW, 'content-type': 'text/html' });

describe.each(failures)('%i %s', (status, code, isTemporary) => {
  const failure = code ? problem(code, status, RETRY_NOW) : html(status);

  const calls: ReadonlyArray<readonly [string, boolean, (client: Client) => Promise<unknown>]> = [
    ['a GET request', true, ({ messages }) => messages.get('canary')],
    ['a send', true, ({ messages }) => messages.send({ content: 'canary' })],
    ['an edit', false, ({ messages }) => messages.edit('canary', { content: 'canary' })],
    ['a deletion', false, ({ messages }) => messages.delete('canary')],
    ['a new conversation', false, ({ conversations }) => conversations.create()],
    ['a regeneration', false, ({ messages }) => messages.regenerate('canary')],
    ['the stream of a regeneration', false, ({ messages }) => messages.regenerateStream('canary').text()],
    ['a login', false, ({ users }) => users.login({ email: 'canary@example.com', password: 'Canary123' })],
  ];
  test.each(calls)(
    `as the response to %s is ${isTemporary ? 'retried if that is safe' : 'final'}`,
    async (_, isSafe, call) => {
      const server = await caseServer(() => failure, json({}));
      const outcome = await call(createClient({ baseUrl: server.url })).catch((error: unknown) => error);
      expect(server.requests).toHaveLength(isTemporary && isSafe ? 2 : 1);
      if (!isTemporary || !isSafe) expect(outcome).toMatchObject({ name: 'ApiError', status, code });
      else expect(outcome).toEqual({});
    },
  );

  test('is handled for a stream as for a send', async () => {
    const { send, header, requests } = await replyServer(failure);
    const text = await send()
      .text()
      .catch((error: unknown) => error);
    const [first, second] = header('idempotency-key');
    if (isTemporary) expect([text, second]).toEqual([TEXT, first]);
    else expect(text).toMatchObject({ status, code });
    expect(requests).toHaveLength(isTemporary ? 2 : 1);
  });
});

describe('the delay before a retry', () => {
  const NOW = new Date('2026-11-22T07:33:21.500Z');
  const DEFAULT_MS = 4000;

  test.each([
    ['3', 3000],
    ['60', 60_000],
    ['0', 0],
    ['Sun, 22 Nov 2026 07:33:52 GMT', 31_000],
    ['Sunday, 22-Nov-26 07:33:52 GMT', 31_000],
    ['Sun Nov 22 07:33:52 2026 GMT', 31_000],
    ['Sun, 22 Nov 2026 07:33:20 GMT', 0],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    // At most one minute.
    ['3600', 60_000],
    ['9'.repeat(400), 60_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 60_000],
    // Invalid values are ignored.
    ['soon', DEFAULT_MS],
    [undefined, DEFAULT_MS],
  ])('after `Retry-After: %s` is %i ms', async (value, expectedMs) => {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
    const headers: Record<string, string> = value === undefined ? {} : { 'retry-after': value };
    for (const reply of [problem('too-many-requests', 429, headers), json({}, 503, headers)]) {
      const delays = recordedDelays();
      // The default delay of a first retry is `random()` × 500 ms.
      vi.spyOn(Math, 'random').mockReturnValue(DEFAULT_MS / 500);
      const { messages } = await clientOf(reply);
      await messages.list();
      expect(delays).toEqual([expectedMs]);
      const stream = await replyServer(reply);
      expect(await stream.messages.resume(REPLY).text()).toBe(TEXT);
      expect(delays).toEqual([expectedMs, expectedMs]);
      vi.restoreAllMocks();
    }
  });

  test('without the header is random, up to 500 ms, doubled each time, at most 8 s', async () => {
    const delays = recordedDelays();
    for (const part of [0, 0.5, 0.999]) {
      vi.spyOn(Math, 'random').mockReturnValue(part);
      const { messages } = await clientOf(...Array.from({ length: 7 }, () => json({}, 503)));
      await messages.list({}, { maxRetries: 7 });
      const maxima = [500, 1000, 2000, 4000, 8000, 8000, 8000];
      expect(delays.splice(0)).toEqual(maxima.map((ms) => ms * part));
    }
  });
});

/** A client of a server that sends these responses in turn, then `200 {}`. */
async function clientOf(...replies: Responder[]) {
  const left = [...replies];
  const server = await fixtureServer((res, request) => (left.shift() ?? json({}))(res, request));
  return createClient({ baseUrl: server.url });
}
