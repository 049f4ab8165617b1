import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import pino, { type Logger } from 'pino';
import { v7 as uuid } from 'uuid';
import { type AppOptions, createApp } from './app.ts';
import { cognitoIdentity } from './auth/cognito-identity.ts';
import { keywordBot } from './bot/keyword-bot.ts';
import type { Config } from './config.ts';
import type { Deps } from './deps.ts';
import { createServer } from './http-server.ts';
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

/** The adapters that the configuration asks for. */
export function createDeps({ cognito, dynamo }: Config): Deps {
  const now = () => new Date();
  return {
    identity: cognitoIdentity(cognito, now),
    messages: dynamoStore(dynamoClient(dynamo), dynamo.table),
    bot: keywordBot(),
    now,
    newId: uuid,
  };
}

/** Configuration to listening server. Rejects with Node's error if the port is taken. */
export async function serve(config: Config, log: Logger, onBrokenReply: AppOptions['onBrokenReply']): Promise<Running> {
  const { cookies, corsOrigins } = config;
  const app = await createApp(createDeps(config), { log, cookies, corsOrigins, onBrokenReply });
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
