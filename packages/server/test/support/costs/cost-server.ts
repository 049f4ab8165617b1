import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bot, Turn } from '@async-chatbot/core/ports/bot';
import { deferred } from '@async-chatbot/shared/deferred';
import { afterAll, inject, onTestFinished } from 'vitest';
import { meteredProxy } from '../proxies/metered-proxy.ts';
import { connect, loggedIn, type Send } from '../requests/client.ts';
import { quickCognito } from '../servers/quick-cognito.ts';
import { startServer, testDeps } from '../servers/server.ts';

/** What an operation costs in DynamoDB. */
export interface Cost {
  requests: number;
  /** How many requests run one after the other until the response or, in a stream, the first text. */
  inSequence: number;
  readUnits: number;
  writeUnits: number;
}

/** The sizes in docs/costs.md. */
export const MESSAGE = 'canary '.padEnd(200, 'x');
const REPLY = 'x'.repeat(500);

/** The default of `BOT_HISTORY_MESSAGES`. */
const HISTORY = 20;

/** No chunks are stored, since the replies take less time than a tick. */
const TIMINGS = { generation: { leaseMs: 60_000, extendLeaseMs: 60_000, tickMs: 60_000 } };

const MODEL = { BOT: 'openai-compatible', BOT_MODEL: 'm-1', BOT_BASE_URL: 'http://127.0.0.1:9' };

export type CostServer = Awaited<ReturnType<typeof costServer>>;

/** A server whose requests to DynamoDB are counted. Its bots are as fast as possible, but use DynamoDB like the real ones. */
export async function costServer(kind: 'keyword' | 'model' | 'confirm') {
  const folder = await mkdtemp(join(tmpdir(), 'chatbot-pool-'));
  const codes: string[] = [];
  const onCode = ({ code }: { code: string }) => void codes.push(code);
  const registration = kind === 'confirm' ? 'confirm' : 'open';
  // A clock that moves only between measurements, so that the list of revoked sessions is not read again: that belongs to no
  // operation.
  const clock = { ms: Date.now() };
  const now = () => new Date(clock.ms);
  const cognito = await quickCognito(folder, { registration, onCode, now });
  const proxy = await meteredProxy(`${inject('environment').AWS_ENDPOINT_URL_DYNAMODB}`);
  afterAll(async () => {
    proxy.close();
    await cognito.close();
    await rm(folder, { recursive: true, force: true });
  });

  let inSequence = 0;
  /** Called when a client gets the response or the first text that it has waited for. */
  const onReceived = () => {
    inSequence = proxy.waves();
  };
  let ending = deferred<void>();
  ending.resolve();

  const bots: Record<typeof kind, Bot> = {
    keyword: Object.assign(reply, { instantReply: () => REPLY }),
    model: Object.assign(modelReply, { historyMessages: HISTORY }),
    confirm: reply,
  };

  async function* modelReply(turn: Turn, signal: AbortSignal) {
    await turn.history(HISTORY);
    yield* reply(turn, signal);
  }

  async function* reply({ reportUsage }: Turn, signal: AbortSignal) {
    onReceived();
    yield REPLY;
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    await Promise.race([ending.promise, stopped]);
    reportUsage(300);
  }

  const environment = {
    ...cognito.environment,
    AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint,
    REGISTRATION: registration,
    ...(kind === 'model' && MODEL),
  };
  const overrides = { bot: bots[kind], timings: TIMINGS, now };
  const baseUrl = await startServer(testDeps(environment, overrides), { proxyHops: 1 });
  const statuses: number[] = [];
  const send: Send = async (url, init) => {
    // By default, each call has its own address: from the second call in a minute on, a counter costs one more request.
    const address = `2001:db8:${randomUUID().slice(9, 18).replace('-', ':')}::1`;
    const response = await fetch(url, { ...init, headers: { 'x-forwarded-for': address, ...init.headers } });
    onReceived();
    statuses.push(response.status);
    return response;
  };

  return {
    send,
    anonymous: () => connect(baseUrl, send),
    user: () => loggedIn(baseUrl, send),
    lastCode: () => codes.at(-1) ?? '',
    /** Keeps the next replies in progress until the test ends. */
    holdReplies() {
      ending = deferred<void>();
      const { resolve } = ending;
      onTestFinished(() => resolve());
    },
    async costOf(act: () => Promise<unknown>): Promise<Cost & { status: number | undefined }> {
      clock.ms += 1;
      inSequence = 0;
      const { operations, ...units } = await proxy.measure(act);
      return { status: statuses.at(-1), requests: operations.length, inSequence, ...units };
    },
  };
}
