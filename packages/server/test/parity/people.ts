import { expect, vi } from 'vitest';
import { type Answer, type CallOptions, type Client, connect, loggedIn, newCredentials } from '../support/client.ts';
import { follow, textOf } from '../turns/followed.ts';
import type { Api } from './apis.ts';

/** Somebody at one of the servers, with all answers so far. */
export type Person = Awaited<ReturnType<typeof person>>;

/** What happens at a server, to be compared with what happens at the other. */
export type Scenario = (api: Api) => Promise<Answer[]>;

/** A scenario for somebody who is logged in. */
export const loggedInAs =
  (play: (ada: Person, api: Api) => Promise<void>): Scenario =>
  async (api) => {
    const ada = await person(api);
    await play(ada, api);
    return ada.answers;
  };

async function person(api: Api) {
  return remembering(await loggedIn(api.baseUrl, api.send), api);
}

/** Somebody without a session, who writes to a list of answers. */
export function stranger(api: Api, answers: Answer[] = []) {
  const client = connect(api.baseUrl, api.send);
  return remembering({ ...client, credentials: newCredentials() }, api, answers);
}

function remembering(
  client: Client & { credentials: ReturnType<typeof newCredentials> },
  api: Api,
  answers: Answer[] = [],
) {
  async function call(method: string, path: string, options?: CallOptions): Promise<Answer> {
    const answer = await client.call(method, path, options);
    answers.push(answer);
    return answer;
  }

  /** Events as they come; all of them are an answer once the stream has ended. */
  async function stream(method: string, path: string, options?: { json?: object; headers?: Record<string, string> }) {
    const seen = await follow({ ...client, send: api.send }, method, path, options);
    const answer: Answer = { status: seen.status, headers: seen.headers, body: [] };
    answers.push(answer);
    const ended = seen.ended.then(() => {
      answer.body = joined(seen.events);
    });
    const told = (text: string) => vi.waitFor(() => expect(textOf(seen.events)).toBe(text), PATIENCE);
    return { ...seen, ended, told };
  }

  return {
    ...client,
    answers,
    call,
    stream,
    get: (path: string, headers = {}) => call('GET', path, { headers }),
    post: (path: string, json?: object, headers = {}) => call('POST', path, { json, headers }),
    put: (path: string, json: object, headers = {}) => call('PUT', path, { json, headers }),
    delete: (path: string, headers = {}) => call('DELETE', path, { headers }),
    say: async (content = 'canary hello', query = '', headers = {}) =>
      (await call('POST', `/messages${query}`, { json: { content }, headers })).body,
    /** As `get`, for looking by the way. */
    peek: async (path: string) => (await client.call('GET', path)).body,
    until: (isSo: () => Promise<boolean>) => vi.waitFor(async () => expect(await isSo()).toBe(true), PATIENCE),
    /** The same person elsewhere, with another session and the same list of answers. */
    async elsewhere() {
      const other = stranger(api, answers);
      await other.post('/users/login', client.credentials);
      return other;
    },
  };
}

const PATIENCE = { timeout: 5000, interval: 5 };

/** In how many pieces a text is told depends on who is quicker, the bot or the reader. */
function joined(events: Told[]): Told[] {
  const seen: Told[] = [];
  for (const event of events) {
    const before = seen.at(-1)?.delta;
    if (event.delta === undefined || before === undefined) seen.push(event);
    else seen.splice(-1, 1, { ...event, delta: before + event.delta });
  }
  return seen;
}

interface Told {
  delta?: string;
}
