/** The API twice: the real one on emulators, and the SDK's mock of it. What a caller sees of the two is to be the same. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SentCode } from '@async-chatbot/core/memory/user-pool/codes';
import type { Bot } from '@async-chatbot/core/ports/bot';
import { createMockServer, type ReplyScript } from '@async-chatbot/sdk/testing';
import { Problem } from '@async-chatbot/shared/problem';
import { afterAll } from 'vitest';
import { cognitoIdentity } from '../../src/cognito/identity.ts';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoRevocations } from '../../src/dynamo/revocations.ts';
import type { Send } from '../support/client.ts';
import { quickCognito } from '../support/quick-cognito.ts';
import { startServer, testConfig, testDeps } from '../support/server.ts';
import { QUICK } from '../turns/turn-server.ts';

/** A server of the API, and what a test has to say about it. */
export interface Api {
  baseUrl: string;
  send: Send;
  /** How the bot answers next. */
  reply(script: Script): void;
  /** The newest code that was e-mailed. */
  codeFor(email: string): string;
  /** Lets time pass. */
  passes(ms: number): void;
}

/** What both can do: a server that is gone is not among it. */
export interface Script extends Pick<ReplyScript, 'deltas' | 'delayMs' | 'finishReason' | 'problem'> {
  end?: 'completed' | 'failed' | 'never';
}

export type Registration = 'open' | 'confirm';

/** A model answers one message of a conversation at a time, as the mock does; here without a quota. */
const MODEL = {
  BOT: 'openai-compatible',
  BOT_MODEL: 'm-1',
  BOT_BASE_URL: 'http://127.0.0.1:9',
  QUOTA_MESSAGES_PER_DAY: '0',
  QUOTA_TOKENS_PER_DAY: '0',
};

const USUAL: Script = { deltas: ['Hello! How can I help you today?'] };

export async function realApi(registration: Registration = 'open'): Promise<Api> {
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const mail: SentCode[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'chatbot-parity-'));
  const pool = await quickCognito(folder, { registration, now, onCode: (code) => mail.push(code) });
  afterAll(async () => {
    await pool.close();
    await rm(folder, { recursive: true, force: true });
  });

  const scripts: Script[] = [];
  const environment = { ...pool.environment, ...MODEL, REGISTRATION: registration };
  const { cognito, dynamo } = testConfig(environment);
  // Refusals that do not wait until they tell nothing by their time.
  const identity = cognitoIdentity(cognito, dynamoRevocations(dynamoClient(dynamo), dynamo.table, now), now);
  const bot = scriptedBot(() => scripts.shift() ?? USUAL);
  const deps = testDeps(environment, { bot, now, timings: { generation: QUICK, streamMs: 60_000 } });
  return {
    baseUrl: await startServer({ ...deps, identity }),
    send: fetch,
    reply: (script) => void scripts.push(script),
    codeFor: (email) => mail.findLast((sent) => sent.email === email)?.code ?? '',
    passes(ms) {
      aheadMs += ms;
    },
  };
}

export async function mockApi(registration: Registration = 'open'): Promise<Api> {
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  // By plain HTTP, the cookies have the names that they have in development.
  const { baseUrl, fetch: send, reply, codeFor } = createMockServer({ baseUrl: 'http://mock.test', registration, now });
  return {
    baseUrl,
    send,
    reply,
    codeFor,
    passes(ms) {
      aheadMs += ms;
    },
  };
}

const scriptedBot = (next: () => Script): Bot =>
  async function* (turn, signal) {
    const { deltas, delayMs = 0, end, finishReason, problem } = next();
    for (const delta of deltas) {
      await sleep(delayMs, undefined, { signal });
      yield delta;
    }
    if (end === 'failed') throw problem ? new Problem(problem) : new Error('canary: the bot has failed');
    if (finishReason) turn.reportFinish(finishReason);
    if (end === 'never') await sleep(2 ** 31 - 1, undefined, { signal });
  };
