import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import pino, { type Logger } from 'pino';
import type { Config } from './config/config.ts';
import { createDeps } from './create-deps.ts';
import { createApp } from './http/app.ts';
import { createServer } from './http/http-server.ts';

/** How long requests that are under way may take once the server is told to end. */
const DRAIN_MS = 25_000;

/** How long bots may go on then; what they have said by that time is kept and told. */
const ANSWER_MS = 20_000;

export interface Running {
  port: number;
  /** Takes no more requests, finishes those under way, and resolves when all are answered. */
  close: () => Promise<void>;
}

export const createLog = ({ logLevel }: Config): Logger => pino({ level: logLevel, base: null });

/** Configuration to listening server. Rejects with Node's error if the port is taken. */
export async function serve(config: Config, log: Logger): Promise<Running> {
  const { cookies, corsOrigins, proxyHops, publicUrl, proxyEnv, responseValidation } = config;
  // Node.js does it by itself, but not for what a file of variables says.
  if (proxyEnv) http.setGlobalProxyFromEnv(proxyEnv);
  const deps = createDeps(config, log);
  const app = createApp(deps, { log, cookies, corsOrigins, proxyHops, publicUrl, responseValidation });
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
      await Promise.all([once(server, 'close'), deps.turns.close(ANSWER_MS)]);
      // Of what came over connections that were open still.
      await deps.turns.close(0);
      clearTimeout(late);
      clearInterval(answered);
    },
  };
}
