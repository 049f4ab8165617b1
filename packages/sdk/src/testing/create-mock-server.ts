import { createPipeline } from '@async-chatbot/core/http/pipeline';
import { sessionCookie } from '@async-chatbot/core/http/session-cookie';
import { memoryDeps } from '@async-chatbot/core/memory/memory-deps';
import { memoryUsers } from '@async-chatbot/core/memory/memory-users';
import { v4 } from 'uuid';
import { mockFaults } from './mock-fault.ts';
import { mockFetch } from './mock-fetch.ts';
import { mockRateLimiter } from './mock-rate-limiter.ts';
import type { MockServer, MockServerOptions } from './mock-server.ts';
import type { MockRequest } from './received.ts';
import { replyScripts } from './reply-script.ts';
import { scriptedBot } from './scripted-bot.ts';
import { scriptedTurns } from './scripted-turns.ts';

/**
 * Creates a mock server: the API in memory, with the rules and the problems of the real server. Nothing is sent over the
 * network. Rate limits and quotas never reject a request; use `fault` for that.
 *
 * @example
 * const server = createMockServer();
 * const client = createClient({ baseUrl: server.baseUrl, fetch: server.fetch });
 * server.addUser({ email: 'ada@example.com', password: 'Password123' });
 * await client.users.login({ email: 'ada@example.com', password: 'Password123' });
 * server.reply('Hello', ' Ada!');
 * const text = await client.messages.stream({ content: 'Hello!' }).text();
 */
export function createMockServer(options: MockServerOptions = {}): MockServer {
  const { baseUrl = 'https://chat.test', registration = 'open', now = () => new Date() } = options;
  const base = new URL(baseUrl);
  const scripts = replyScripts();
  const faults = mockFaults();
  const requests: MockRequest[] = [];
  const { bot, scriptOf, clearScripts } = scriptedBot(scripts);
  const users = memoryUsers({ registration, now, newToken: v4 });
  const { deps, clear } = memoryDeps({
    bot,
    identity: users.identity,
    rateLimiter: mockRateLimiter(),
    now,
    // No proxy limits the length of a stream here, and a timer would keep the process of a test alive.
    timings: { streamMs: Number.POSITIVE_INFINITY },
  });
  const cookies = { secure: base.protocol === 'https:', sameSite: 'lax' } as const;
  const { fetch, clearCookies } = mockFetch(base, {
    createHandle: (intercept) =>
      createPipeline(
        { ...deps, turns: scriptedTurns(deps.turns, scriptOf) },
        { cookies, allowedOrigins: [], intercept },
      ),
    cookies: sessionCookie(cookies, now),
    faults,
    onRequest: (request) => requests.push(request),
  });

  return {
    baseUrl: base.href.replace(/\/+$/, ''),
    fetch,
    requests,

    addUser(user) {
      const { id, email } = users.addUser(user);
      return { user_id: id, email };
    },

    tokenFor: users.tokenFor,
    codeFor: users.codeFor,

    reply(...args) {
      const [first] = args;
      // The cast: without a script, all arguments are deltas.
      scripts.add(typeof first === 'object' ? first : { deltas: args as readonly string[] });
    },

    fault: faults.add,
    expireSessions: users.expireSessions,
    endSessions: users.endSessions,

    reset() {
      clear();
      users.clear();
      scripts.clear();
      clearScripts();
      faults.clear();
      clearCookies();
      requests.length = 0;
    },
  };
}
