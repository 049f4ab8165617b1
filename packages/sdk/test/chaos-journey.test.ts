import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ReplyEvent } from '../src/index.ts';
import { EVENT_TYPES, modelServer, REPLY_TEXT, type RequestFault } from './support/chaos-model.ts';
import { CREDENTIALS } from './support/session-server.ts';

// Makes retries immediate.
beforeEach(() => void vi.spyOn(Math, 'random').mockReturnValue(0));
afterEach(() => vi.restoreAllMocks());

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const fault: fc.Arbitrary<RequestFault> = fc.oneof(
  fc.record({ kind: fc.constantFrom('none' as const, 'lost' as const, 'gateway' as const, 'expired' as const) }),
  fc.record({ kind: fc.constant('cut' as const), fraction, how: fc.constantFrom('reset' as const, 'end' as const) }),
  fc.record({ kind: fc.constant('rejected' as const), status: fc.constantFrom(408, 429, 500, 503) }),
  fc.record({ kind: fc.constant('split' as const), fraction }),
);
const HARMLESS = ['none', 'split'];
const DEFAULT_MAX_RETRIES = 2;

test('every call that succeeds takes effect exactly once, whatever the faults', { timeout: 120_000 }, async () => {
  const journeys = { succeeded: 0, failed: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { maxLength: 16 }), async (plan) => {
      const { client, messages, received, close } = await modelServer(plan);
      const named = (call: string) => ({ headers: { 'x-call': call } });
      const requestsOf = (call: string) => received.filter((each) => each.call === call);

      /** Returns the result of a call. A call may fail only after more faults than retries, or without a session. */
      async function outcome<Result>(name: string, call: Promise<Result>): Promise<Result | undefined> {
        const result = await call.then(
          (value) => ({ value }),
          () => undefined,
        );
        const requests = requestsOf(name);
        const isSafe = !requests.some(({ isUnauthenticated, line }) => isUnauthenticated || line.startsWith('PUT'));
        const faults = requests.filter((each) => !HARMLESS.includes(each.fault)).length;
        if (isSafe && faults <= DEFAULT_MAX_RETRIES) expect(result, `${name} after ${faults} faults`).toBeDefined();
        journeys[result ? 'succeeded' : 'failed'] += 1;
        return result?.value;
      }
      const login = async (name: string) =>
        client.users.login(CREDENTIALS, named(name)).then(
          () => true,
          () => false,
        );
      for (let count = 0; !(await login(`login ${count}`)); count += 1)
        expect(requestsOf(`login ${count}`)).toHaveLength(1);

      const sent = await outcome('send', client.messages.send({ content: 'canary sent' }, named('send')));
      expect(messages.length).toBeLessThanOrEqual(1);
      if (sent) expect([sent.user_message, sent.bot_response?.content]).toEqual([messages[0], REPLY_TEXT]);

      const listed = await outcome('list', client.messages.list({}, named('list')));
      if (listed) expect(listed.messages).toEqual([...messages].reverse());

      const before = messages.length;
      const events: ReplyEvent[] = [];
      const stream = client.messages.stream({ content: 'canary streamed' }, named('stream'));
      const reply = await outcome(
        'stream',
        (async () => {
          for await (const event of stream) events.push(event);
          return stream.finalMessage();
        })(),
      );
      expect(messages.length - before).toBeLessThanOrEqual(1);
      expect(events.map(({ type }) => type)).toEqual(reply ? EVENT_TYPES : EVENT_TYPES.slice(0, events.length));
      if (reply) expect([reply.id_message, reply.content]).toEqual([messages.at(-1)?.id_reply, REPLY_TEXT]);
      const text = events.map((event) => ('delta' in event ? event.delta : '')).join('');
      expect(REPLY_TEXT.startsWith(text)).toBe(true);

      const id = messages[0]?.id_message ?? 'nothing-was-sent';
      const edited = await outcome('edit', client.messages.edit(id, { content: 'canary edited' }, named('edit')));
      if (edited) expect([edited, edited.version]).toEqual([messages[0], 2]);
      for (const { version } of messages) expect(version).toBeLessThanOrEqual(2);

      expect(requestsOf('edit').filter(({ isUnauthenticated }) => !isUnauthenticated).length).toBeLessThanOrEqual(1);
      for (const name of ['send', 'stream']) {
        const sends = requestsOf(name).filter(({ line }) => line.startsWith('POST'));
        expect(new Set(sends.map(({ headers, body }) => `${headers['idempotency-key']} ${body}`)).size).toBe(1);
      }
      await close();
    }),
    { seed: 20261122, numRuns: 300 },
  );
  // If nearly all calls failed, or nearly none, the test would prove little.
  expect(journeys.succeeded).toBeGreaterThan(journeys.failed);
  expect(journeys.failed).toBeGreaterThan(50);
});
