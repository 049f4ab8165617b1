import { emptyMemory } from './memory.ts';
import { mockFaults } from './mock-fault.ts';
import { mockFetch } from './mock-fetch.ts';
import type { MockServer, MockServerOptions } from './mock-server.ts';
import type { MockRequest } from './received.ts';
import { replyScripts } from './reply-script.ts';

/**
 * Makes a server of the API in memory, with the same rules and the same problems, for tests of what uses the API.
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
  const { memory, clear } = emptyMemory(scripts, registration, now);
  const { accounts, sessions } = memory;

  function accountOf(email: string) {
    const account = accounts.find(email);
    if (!account) throw new Error(`Nobody has the address ${email}`);
    return account;
  }

  const { fetch, forgetCookies } = mockFetch(base, memory, {
    faults,
    onRequest: (request) => requests.push(request),
  });

  return {
    baseUrl: base.href.replace(/\/+$/, ''),
    fetch,
    requests,

    addUser(user) {
      const account = accounts.add(user, true);
      if (!account) throw new Error(`The address ${user.email} is taken`);
      return { user_id: account.user_id, email: account.email };
    },

    tokenFor: (email) => sessions.open(accountOf(email)).accessToken,

    codeFor(email) {
      const { code } = accountOf(email);
      if (!code) throw new Error(`No code was sent to ${email}`);
      return code.value;
    },

    reply(...said) {
      const [first] = said;
      // The cast: whoever gives no script gives texts alone.
      scripts.add(typeof first === 'object' ? first : { deltas: said as readonly string[] });
    },

    fault: faults.add,
    expireSessions: sessions.expireAccess,
    endSessions: sessions.endAll,

    reset() {
      clear();
      scripts.clear();
      faults.clear();
      forgetCookies();
      requests.length = 0;
    },
  };
}
