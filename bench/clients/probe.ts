import { setTimeout as sleep } from 'node:timers/promises';
import type { Adapter } from './adapter.ts';
import { type FaultServer, faultServer, type Reply } from './fault-server.ts';
import { done } from './replies.ts';

/** Finds out by what arrives whether a client does something. */
export interface Probe {
  title: string;
  run(adapter: Adapter, files: ClientFiles): Promise<Finding>;
}

/** What a probe found: whether it does, or under which conditions, or that the question does not arise. */
export type Finding = boolean | string | undefined;

/** The adapter as it was loaded, and a copy of it that requires what the other imports. */
export interface ClientFiles {
  commonjs: string;
}

/** How a call ended, if it did. */
export type Outcome = { value: unknown } | { error: unknown } | 'pending';

const PATIENCE_MS = 8000;

/** Uses a client of a server that answers so, and closes the server. */
export async function withServer<Result>(
  { create }: Adapter,
  reply: Reply,
  use: (client: unknown, server: FaultServer) => Promise<Result>,
): Promise<Result> {
  const server = await faultServer(reply);
  try {
    return await use(create(server.url), server);
  } finally {
    server.close();
  }
}

/** Waits for the end of a call, but not for ever. */
export function outcome(call: () => Promise<unknown>, patienceMs = PATIENCE_MS): Promise<Outcome> {
  return Promise.race([
    settled(call),
    // A call that is given up keeps no process alive.
    sleep(patienceMs, 'pending' as const, { ref: false }),
  ]);
}

/** Puts all that comes to what was seen; what fails on the way leaves there what came before. */
export async function gather(items: AsyncIterable<unknown>, seen: unknown[]): Promise<void> {
  for await (const item of items) seen.push(item);
}

/** Throws if an adapter cannot call its client: all findings would be "no". */
export async function assertWorks(adapter: Adapter): Promise<void> {
  await withServer(adapter, done, async (client, { arrivals }) => {
    await adapter.read(client);
    await adapter.write(client);
    const methods = arrivals.map(({ line }) => line.split(' ', 1)[0]).join(' ');
    if (methods !== 'GET POST') throw new Error(`It asked for ${methods}`);
  });
}

async function settled(call: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { value: await call() };
  } catch (error) {
    return { error };
  }
}
