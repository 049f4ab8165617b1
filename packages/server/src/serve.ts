import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pino, { type Logger } from 'pino';
import { v7 as uuid } from 'uuid';
import { type AppOptions, createApp } from './app.ts';
import { cognitoIdentity } from './auth/cognito-identity.ts';
import { dynamoRevocations } from './auth/dynamo-revocations.ts';
import { evenTimed } from './auth/even-time.ts';
import { keywordBot } from './bot/keyword-bot.ts';
import type { Config } from './config.ts';
import type { Deps } from './deps.ts';
import { createServer } from './http-server.ts';
import { dynamoLimits } from './limits/dynamo-limits.ts';
import { dynamoClient } from './messages/dynamo-client.ts';
import { dynamoStore } from './messages/dynamo-store.ts';

/** How long requests that are under way may take once the server is told to end. */
const DRAIN_MS = 25_000;

export interface Running {
  port: number;
  /** Takes no more requests, finishes those under way, and resolves when all are answered. */
  close: () => Promise<void>;
}

export const createLog = ({ logLevel }: Config): Logger => pino({ level: logLevel, base: null });

/** More than Cognito takes to send a mail, so that it shows in no answer whether one was sent. */
const EVEN_MS = 800;
const even = () => sleep(EVEN_MS, undefined, { ref: false });

/** The adapters that the configuration asks for. */
export function createDeps({ cognito, dynamo, limits }: Config, log: Logger): Deps {
  const now = () => new Date();
  const client = dynamoClient(dynamo);
  return {
    identity: evenTimed(cognitoIdentity(cognito, dynamoRevocations(client, dynamo.table, now), now), even),
    messages: dynamoStore(client, dynamo.table),
    bot: keywordBot(),
    limits: dynamoLimits({ ...dynamo, ...limits }, (error) => {
      log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'limits are counted by each process alone');
    }),
    now,
    newId: uuid,
  };
}

/** Configuration to listening server. Rejects with Node's error if the port is taken. */
export async function serve(config: Config, log: Logger, onBrokenReply: AppOptions['onBrokenReply']): Promise<Running> {
  const { cookies, corsOrigins, proxyHops } = config;
  const app = await createApp(createDeps(config, log), { log, cookies, corsOrigins, proxyHops, onBrokenReply });
  const server = createServer(app).listen({ port: config.port, ...(config.host && { host: config.host }) });
  await once(server, 'listening');

  return {
    // The cast: a server that listens on a port has such an address.
    port: (server.address() as AddressInfo).port,
    async close() {
      const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      // Node ends the connections that are idle now, but keeps those alive that are answered from here on.
      const answered = setInterval(() => server.closeIdleConnections(), 100);
      server.close();
      await once(server, 'close');
      clearTimeout(late);
      clearInterval(answered);
    },
  };
}
