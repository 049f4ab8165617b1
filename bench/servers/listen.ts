import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The message that a server sends to the benchmark when it listens. */
export interface Ready {
  port: number;
  /** The access tokens of the canned users. Only the stub sends them. */
  accessTokens?: string[];
}

/** What a server has used since it started. */
export interface Usage {
  cpuMicros: number;
  residentBytes: number;
}

/** Listens on a free loopback port and reports to the benchmark. */
export async function listen(server: Server, about: Omit<Ready, 'port'> = {}): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  report({ port: (server.address() as AddressInfo).port, ...about });
}

/** Reports a listening server, answers requests for its usage, and exits when the benchmark disconnects. */
export function report(ready: Ready): void {
  process.on('message', (message) => message === 'usage' && process.send?.(usage()));
  process.on('disconnect', () => process.exit());
  process.send?.(ready);
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMicros: user + system, residentBytes: process.memoryUsage.rss() };
}
