import type { Bot } from '@async-chatbot/core/ports/bot';
import type { GenerationTimings } from '@async-chatbot/core/turns/turn-timings';
import { startServer, testDeps } from './server.ts';

/** Short enough for fast tests, with a lease longer than any pause of the machine. */
export const QUICK: GenerationTimings = { leaseMs: 3000, extendLeaseMs: 500, tickMs: 30 };

interface TurnServer {
  bot: Bot;
  environment?: Record<string, string>;
  timings?: GenerationTimings;
  streamMs?: number;
  jsonMs?: number;
}

/** A server with this bot. Two of them share only the table, like two processes. */
export async function turnServer({
  bot,
  environment,
  timings = QUICK,
  streamMs = 60_000,
  jsonMs = 50_000,
}: TurnServer): Promise<string> {
  return startServer(testDeps(environment, { bot, timings: { generation: timings, streamMs, jsonMs } }));
}
