import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server tells the benchmark when it listens. */
export interface Ready {
  port: number;
  /** Of the canned user; only the canned Cognito has one to give. */
  accessToken?: string;
}

/** What a server has used since it was started. */
export interface Usage {
  cpuMicros: number;
  residentBytes: number;
}

/** Listens on a free port of this machine alone, and answers the benchmark's questions. */
export async function listen(server: Server, about: Omit<Ready, 'port'> = {}): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  report({ port: (server.address() as AddressInfo).port, ...about });
}

/** For a server that listens by itself. */
export function report(ready: Ready): void {
  process.on('message', () => process.send?.(usage()));
  process.on('disconnect', () => process.exit());
  process.send?.(ready);
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpuMicros: user + system, residentBytes: process.memoryUsage.rss() };
}
