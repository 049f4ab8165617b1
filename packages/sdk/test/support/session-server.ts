import { vi } from 'vitest';
import { type ApiError, createClient, type Fetch } from '../../src/index.ts';
import { fixtureServer, json, problem, type Responder } from './fixture-server.ts';

export const REFRESH = 'POST /users/refresh';
export const CREDENTIALS = { email: 'canary@example.com', password: 'Canary123' };

/** The cookies of the session with this serial number. */
const cookies = (serial: number) => [`access=${serial}; Path=/; HttpOnly`, `refresh=${serial}; Path=/; HttpOnly`];
const cleared = ['access=; Path=/; Max-Age=0', 'refresh=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT'];

/** A server with one session. A refresh token is valid once, without the grace period of the real server. */
export async function sessionServer(response: Responder = json({})) {
  let serial = 0;
  let isExpired = false;
  let isRevoked = false;
  /** Responders of the next refreshes. Each may call `go` for the regular response. */
  const onRefresh: ((go: () => void, ...call: Parameters<Responder>) => void)[] = [];

  function open(text: string): Responder {
    serial += 1;
    isExpired = false;
    return json({ message: text }, 200, { 'set-cookie': cookies(serial) });
  }

  function refresh(cookie: string): Responder {
    if (!cookie.includes('refresh=')) return problem('unauthenticated', 401, { 'set-cookie': cleared });
    if (isRevoked) return problem('session-expired', 401, { 'set-cookie': cleared });
    if (!cookie.includes(`refresh=${serial}`)) return problem('refresh-reused', 401, { 'set-cookie': cleared });
    return open('Session refreshed');
  }

  function replyTo(line: string, cookie: string): Responder {
    if (line === 'POST /users/login') {
      isRevoked = false;
      return open('Login successful');
    }
    if (line === 'POST /users/logout') return json({ message: 'Logout successful' }, 200, { 'set-cookie': cleared });
    if (line === REFRESH) return refresh(cookie);
    const isOpen = !isExpired && !isRevoked && cookie.includes(`access=${serial}`);
    return isOpen ? response : problem('unauthenticated', 401);
  }

  const server = await fixtureServer((res, request) => {
    const go = () => replyTo(request.line, request.headers.cookie ?? '')(res, request);
    const first = request.line === REFRESH ? onRefresh.shift() : undefined;
    return first ? first(go, res, request) : go();
  });

  const lines = () => server.requests.map(({ line }) => line);
  return {
    ...server,
    lines,
    onRefresh,
    /** Returns the number of refreshes. */
    refreshes: () => lines().filter((line) => line === REFRESH).length,
    /** Deletes the recorded requests. */
    clearRequests: () => server.requests.splice(0),
    expire: () => {
      isExpired = true;
    },
    revoke: () => {
      isRevoked = true;
    },
  };
}

/** Creates a client that is logged in, and its `onSessionEnd`. */
export async function loggedIn(server: Awaited<ReturnType<typeof sessionServer>>, fetch?: Fetch) {
  const onSessionEnd = vi.fn<(error: ApiError) => void>();
  const client = createClient({ baseUrl: server.url, maxRetries: 0, onSessionEnd, ...(fetch && { fetch }) });
  await client.users.login(CREDENTIALS);
  server.clearRequests();
  return { client, onSessionEnd };
}

/** Creates a promise that `open` resolves. */
export function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Creates a `fetch` like that of a browser: it stores cookies for all tabs and hides them from scripts. */
export function browserFetch(): Fetch {
  const jar = new Map<string, string>();
  return async function fetchInTab(url, init) {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...jar].map((pair) => pair.join('=')).join('; '));
    const response = await globalThis.fetch(url, { ...init, headers });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^(\w+)=(\w*)/.exec(cookie) ?? [];
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    const visible = new Headers(response.headers);
    visible.delete('set-cookie');
    return new Response(response.body, { status: response.status, headers: visible });
  };
}
