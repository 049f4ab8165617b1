/** The two hosts of core: the server on emulators, and the SDK's mock server. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot } from '@async-chatbot/core/ports/bot';
import { createMockServer, type ReplyScript } from '@async-chatbot/sdk/testing';
import { afterAll } from 'vitest';
import type { Send } from '../support/requests/client.ts';
import { quickCognito } from '../support/servers/quick-cognito.ts';
import { startServer, testDeps } from '../support/servers/server.ts';
import { QUICK } from '../support/servers/turn-server.ts';

interface Host {
  baseUrl: string;
  send: Send;
}

/** The server with a scripted bot and a clock that tests can advance. */
interface ScriptedServer extends Host {
  reply(script: Script): void;
  passes(ms: number): void;
}

interface Script extends Pick<ReplyScript, 'deltas' | 'delayMs'> {
  end?: 'failed' | 'never';
}

/** With a model, a conversation has one reply at a time, as in the mock server. No quotas. */
const MODEL = {
  BOT: 'openai-compatible',
  BOT_MODEL: 'm-1',
  BOT_BASE_URL: 'http://127.0.0.1:9',
  QUOTA_MESSAGES_PER_DAY: '0',
  QUOTA_TOKENS_PER_DAY: '0',
};

const DEFAULT_SCRIPT: Script = { deltas: ['Hello! How can I help you today?'] };

export async function scriptedServer(): Promise<ScriptedServer> {
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const folder = await mkdtemp(join(tmpdir(), 'chatbot-hosts-'));
  const pool = await quickCognito(folder, { now });
  afterAll(async () => {
    await pool.close();
    await rm(folder, { recursive: true, force: true });
  });

  const scripts: Script[] = [];
  const environment = { ...pool.environment, ...MODEL };
  const bot = scriptedBot(() => scripts.shift() ?? DEFAULT_SCRIPT);
  const deps = testDeps(environment, { bot, now, timings: { generation: QUICK, streamMs: 60_000 } });
  return {
    baseUrl: await startServer(deps),
    send: fetch,
    reply: (script) => void scripts.push(script),
    passes(ms) {
      aheadMs += ms;
    },
  };
}

/** Over plain HTTP, the cookies have the same names as in development. */
export function mockServer(): Host {
  const { baseUrl, fetch: send } = createMockServer({ baseUrl: 'http://mock.test' });
  return { baseUrl, send };
}

const scriptedBot = (next: () => Script): Bot =>
  async function* (_turn, signal) {
    const { deltas, delayMs = 0, end } = next();
    for (const delta of deltas) {
      await sleep(delayMs, undefined, { signal });
      yield delta;
    }
    if (end === 'failed') throw new Error('canary: the bot has failed');
    if (end === 'never') await sleep(2 ** 31 - 1, undefined, { signal });
  };
