import { once } from 'node:events';
import http from 'node:http';
import { type AddressInfo, Server } from 'node:net';
import { setTimeout as sleep, setImmediate as turnEnd } from 'node:timers/promises';
import pino, { type Logger } from 'pino';
import type { Config } from './config/config.ts';
import { createDeps } from './create-deps.ts';
import { createApp } from './http/app.ts';
import { trackConnections } from './http/connections.ts';
import { createServer } from './http/http-server.ts';
import { logDestination } from './log-destination.ts';

/** How long requests in progress may take after a shutdown begins. */
const DRAIN_MS = 25_000;

/**
 * How long the server still accepts connections after `/ready` returns 503, so that clients and proxies open no new ones when
 * it stops: those would be reset.
 */
const NOTICE_MS = 1000;

/** How long connections then stay open with `Connection: close`, so that clients and proxies stop using them. */
const ANNOUNCE_MS = 1000;

/** How long generations may take. Then they are interrupted, and their text so far is stored and sent. */
const GENERATION_MS = 20_000;

/** How often deletions that are due are repeated. */
const SWEEP_MS = 15_000;

interface RunningServer {
  port: number;
  /** Stops accepting connections, completes the requests in progress, and resolves when all responses have been sent. */
  close: () => Promise<void>;
}

export const createLog = ({ logLevel }: Config): Logger => pino({ level: logLevel, base: null }, logDestination());

/** Starts the server. Rejects with Node's error if it cannot listen, for example on a port in use. */
export async function serve(config: Config, log: Logger): Promise<RunningServer> {
  const { cookies, corsOrigins, proxyHops, publicUrl, proxyEnv, responseValidation } = config;
  // Node.js does this itself at start, but not for variables loaded from `.env`.
  if (proxyEnv) http.setGlobalProxyFromEnv(proxyEnv);
  const deps = createDeps(config, log);
  const app = createApp(deps, { log, cookies, corsOrigins, proxyHops, publicUrl, responseValidation });
  const connections = trackConnections();
  const server = createServer(app, connections).listen({
    port: config.port,
    ...(config.host && { host: config.host }),
  });
  await once(server, 'listening');
  deps.readiness.start();
  const sweepTimer = setInterval(() => void deps.sweep(), SWEEP_MS);

  return {
    // The cast: a server that listens on a port has such an address.
    port: (server.address() as AddressInfo).port,
    async close() {
      const startedAtMs = performance.now();
      clearInterval(sweepTimer);
      deps.readiness.stop();
      // Requests on open connections may start more generations.
      const generationTimer = setTimeout(() => void deps.turns.close(0), GENERATION_MS);
      void deps.turns.close(GENERATION_MS);
      const drainTimer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      if (connections.isInUse()) await sleep(NOTICE_MS);
      // At the end of a turn of the event loop, nothing that has arrived is waiting to be accepted or read.
      await turnEnd();
      const closed = once(server, 'close');
      stopListening(server);
      connections.announceClose();
      if (connections.count() > 0) await sleep(ANNOUNCE_MS);
      const unusedTimer = setInterval(() => setImmediate(connections.closeUnused), 100);
      await turnEnd();
      connections.closeUnused();
      await closed;
      await deps.turns.close(Math.max(0, GENERATION_MS - (performance.now() - startedAtMs)));
      clearTimeout(generationTimer);
      clearTimeout(drainTimer);
      clearInterval(unusedTimer);
    },
  };
}

/** `http.Server` would also close idle connections, though a request may be on its way. */
const stopListening = (server: http.Server): void => void Server.prototype.close.call(server);
