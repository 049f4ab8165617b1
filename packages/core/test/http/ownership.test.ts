/**
 * For any order of requests, disconnects, failures and delays, everything that a request takes is released: stream and reply
 * slots, conversation locks, idempotency keys, quotas and chunks.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Problem } from '@async-chatbot/shared/problem';
import fc, { type Scheduler } from 'fast-check';
import { expect, it } from 'vitest';
import type { Deps } from '../../src/deps.ts';
import { createPipeline } from '../../src/http/pipeline.ts';
import { memoryConversationStore } from '../../src/memory/conversation-store.ts';
import { memoryMessageStore } from '../../src/memory/message-store.ts';
import { newIds } from '../../src/memory/new-ids.ts';
import { memoryTable } from '../../src/memory/table.ts';
import { memoryTurnStore } from '../../src/memory/turn-store.ts';
import { memoryUsageCounters } from '../../src/memory/usage-counters.ts';
import type { Bot } from '../../src/ports/bot.ts';
import { createTurns } from '../../src/turns/turns.ts';
import { createUsage } from '../../src/usage.ts';
import { newId, newUser } from '../support/messages.ts';

const QUOTA = 1000;
const LEASE_MS = 15_000;
/** Longer than a lease, and than a key without a turn is held. */
const LONG_MS = 25_000;
const RUNS = 200;

const outcome = fc.constantFrom('ok', 'ok', 'ok', 'fails', 'response is lost');
type Outcome = 'ok' | 'fails' | 'response is lost';

const step = fc.record({
  kind: fc.constantFrom('send', 'send', 'send', 'regenerate', 'edit', 'cancel', 'delete'),
  isStreamed: fc.boolean(),
  key: fc.constantFrom(undefined, 'one', 'two'),
  conversation: fc.nat(1),
  ends: fc.constantFrom('response', 'response', 'disconnect', 'deadline'),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const script = fc.record({ deltas: fc.integer({ min: 1, max: 3 }), fails: fc.boolean() });
type Script = typeof script extends fc.Arbitrary<infer T> ? T : never;

/** After these, some calls fail, before or after their effect. After the others, the server cannot know what to give back. */
const MAY_LOSE_RESPONSES = [
  'lock',
  'create',
  'claimReply',
  'appendChunks',
  'endedRuns',
  'extendLease',
  'touch',
  'edit',
];
const MAY_FAIL = [...MAY_LOSE_RESPONSES, 'takeKey', 'add', 'get', 'list', 'getReply'];

function world(scheduler: Scheduler, outcomes: Outcome[], scripts: Script[]) {
  const table = memoryTable();
  const context = new AsyncLocalStorage<AbortSignal | undefined>();
  const user = { id: newUser(), loggedInAt: new Date() };
  let aheadMs = 0;
  let isOrdered = false;
  let generations = 0;
  let failures = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const later = (label: string) => (isOrdered ? scheduler.schedule(Promise.resolve(), label) : Promise.resolve());

  /** A store whose calls are ordered by the scheduler, may fail, and are aborted with their request. */
  const fragile = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name: string & keyof Port) {
        const method = target[name];
        if (typeof method !== 'function' || name === 'nextChange') return method;
        return async (...args: unknown[]) => {
          const signal = context.getStore();
          if (signal?.aborted) throw outage();
          const next = isOrdered && MAY_FAIL.includes(name) ? (outcomes.shift() ?? 'ok') : 'ok';
          await later(name);
          if (next === 'fails') throw outage();
          const result = await method.apply(target, args);
          if (signal?.aborted) throw outage();
          if (next === 'response is lost' && MAY_LOSE_RESPONSES.includes(name)) throw outage();
          return result;
        };
      },
    });

  const bot: Bot = async function* (_turn, signal) {
    generations += 1;
    const { deltas, fails } = scripts.shift() ?? { deltas: 1, fails: false };
    for (let index = 0; index < deltas; index += 1) {
      await later('delta');
      signal.throwIfAborted();
      yield 'canary ';
    }
    await later('end');
    signal.throwIfAborted();
    if (fails) throw new Error('canary');
  };

  const messages = memoryMessageStore(table, now);
  const conversations = memoryConversationStore(table);
  const usage = createUsage(fragile(memoryUsageCounters(table)), { messagesPerDay: QUOTA, reserveTokens: 0 }, now);
  const newestId = newIds(now);
  const turns = createTurns(
    {
      bot,
      messages: fragile(messages),
      conversations: fragile(conversations),
      store: fragile(memoryTurnStore(table, now)),
      usage,
      oneReplyAtATime: true,
      onFailure: () => (failures += 1),
      now,
      newId: newestId,
      scope: {
        assertOpen() {
          if (context.getStore()?.aborted) throw outage();
        },
        detach: (run) => context.run(undefined, run),
      },
    },
    { generation: { leaseMs: LEASE_MS, extendLeaseMs: Number.POSITIVE_INFINITY, tickMs: 0 } },
  );
  const deps = {
    identity: { verify: async () => user },
    messages: fragile(messages),
    conversations: fragile(conversations),
    turns,
    usage,
    rateLimiter: { policies: {}, take: async () => ({ isAllowed: true, remaining: 1, resetSeconds: 1 }) },
    now,
    newId: newestId,
  } as unknown as Deps;
  const handle = createPipeline(deps, { cookies: { secure: false, sameSite: 'lax' }, allowedOrigins: [] });

  /** Sends a request as a host does, and resolves to its response, or to what the client received of it. */
  async function send(
    { method, path, query = {}, json, headers = {} }: SentRequest,
    ends: Step['ends'] = 'response',
  ): Promise<{ status: number; received: string }> {
    const client = new AbortController();
    const deadline = new AbortController();
    if (ends !== 'response') void later(ends).then(() => (ends === 'disconnect' ? client : deadline).abort());
    const calls = AbortSignal.any([client.signal, deadline.signal]);
    const request = {
      method,
      path,
      query,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      cookies: { access_token: 'canary' },
      address: () => '203.0.113.5',
      signal: () => client.signal,
      readBody: async () => json,
    };
    const { status, body } = await context.run(calls, () => handle(request, { requestId: newId() }));
    let received = '';
    for await (const text of typeof body === 'string' ? [body] : body) {
      if (client.signal.aborted) break;
      received += text;
    }
    client.abort();
    return { status, received };
  }

  return {
    table,
    user,
    messages,
    send,
    usedMessages: async () => (await usage.today(user.id)).messages?.used,
    expectedMessages: () => generations - failures,
    passTime(ms: number) {
      aheadMs += ms;
    },
    /** Calls `run` with calls in the scheduler's order. */
    async inOrder(run: () => Promise<unknown>[]) {
      isOrdered = true;
      const all = Promise.all(run());
      await scheduler.waitFor(all);
      await scheduler.waitIdle();
      isOrdered = false;
    },
  };
}

interface SentRequest {
  method: string;
  path: string;
  query?: Record<string, string>;
  json?: unknown;
  headers?: Record<string, string>;
}

const outage = () => new Problem('service-unavailable');
const events = { accept: 'text/event-stream' };
const idIn = (received: string): string => received.match(/"user_message":\{"id_message":"(.+?)"/)?.[1] ?? '';

it('every request releases what it takes', { timeout: 120_000 }, async () => {
  const property = fc.asyncProperty(
    fc.scheduler(),
    fc.array(step, { minLength: 1, maxLength: 7 }),
    fc.array(outcome, { maxLength: 60 }),
    fc.array(script, { maxLength: 7 }),
    fc.nat(2),
    async (scheduler, steps, outcomes, scripts, leaps) => {
      const { table, user, messages, send, inOrder, passTime, ...here } = world(scheduler, outcomes, scripts);
      const created = await send({ method: 'POST', path: '/conversations', json: {} });
      const { id_conversation } = JSON.parse(created.received);
      const queries = [{}, { id_conversation }];
      const targets: string[] = [];
      for (const query of queries)
        targets.push(
          idIn((await send({ method: 'POST', path: '/messages', query, json: { content: 'canary' } })).received),
        );

      const acknowledged: string[] = [];
      const deleted: string[] = [];
      const perform = async ({ kind, isStreamed, key, conversation, ends }: Step) => {
        const query = queries[conversation] ?? {};
        const target = targets[conversation] ?? '';
        const accept = isStreamed ? events : {};
        const requests: Record<typeof kind, SentRequest> = {
          send: {
            method: 'POST',
            path: '/messages',
            json: { content: `canary ${conversation}` },
            headers: { ...accept, ...(key && { 'idempotency-key': `${key}-${conversation}` }) },
          },
          regenerate: { method: 'POST', path: `/messages/${target}/regenerate`, headers: accept },
          edit: { method: 'PUT', path: `/messages/${target}`, json: { content: 'canary 2', regenerate: true } },
          cancel: { method: 'POST', path: `/messages/${target}/cancel` },
          delete: { method: 'DELETE', path: `/messages/${target}` },
        };
        const { status, received } = await send({ query, ...requests[kind] }, ends);
        if (kind === 'send' && status < 300 && idIn(received)) acknowledged.push(idIn(received));
        if (kind === 'delete' && status === 200) deleted.push(target);
      };
      await inOrder(() => [
        ...steps.map(perform),
        ...Array.from({ length: leaps }, () =>
          scheduler.schedule(Promise.resolve(), 'time').then(() => passTime(LONG_MS)),
        ),
      ]);

      expect(table.locks.withPrefix(user.id, '')).toEqual([]);
      expect(table.chunks.withPrefix(user.id, '')).toEqual([]);
      expect(await here.usedMessages()).toBe(here.expectedMessages());
      passTime(LONG_MS);
      const listed = (
        await Promise.all(queries.map((query) => messages.list({ userId: user.id, ...query }, { limit: 100 })))
      ).flatMap((page) => page.messages);
      expect(listed.filter(({ status }) => status === 'pending' || status === 'streaming')).toEqual([]);
      const ids = listed.map(({ id_message }) => id_message);
      expect(ids.length).toBe(new Set(ids).size);
      expect(ids).toEqual(expect.arrayContaining(acknowledged.filter((id) => !deleted.includes(id))));

      // The slots are free, and each key can be used again.
      const again = [
        ...['one', 'two'].map((key, index) => ({
          query: queries[index] ?? {},
          key: `${key}-${index}`,
          content: `canary ${index}`,
        })),
        { query: {}, key: newId(), content: 'canary' },
      ];
      for (const { query, key, content } of again) {
        const headers = { ...events, 'idempotency-key': key };
        const sent = await send({ method: 'POST', path: '/messages', query, json: { content }, headers });
        expect(sent.status, sent.received).toBe(201);
      }
      const all = await Promise.all(
        [1, 2, 3].map(async () => {
          const { received } = await send({ method: 'POST', path: '/conversations', json: {} });
          const query = { id_conversation: JSON.parse(received).id_conversation };
          return send({ method: 'POST', path: '/messages', query, json: { content: 'canary' }, headers: events });
        }),
      );
      expect(all.map(({ status }) => status)).toEqual([201, 201, 201]);
    },
  );
  await fc.assert(property, { numRuns: RUNS });
});
