import { hash, randomUUID } from 'node:crypto';
import { operations } from '@async-chatbot/api-spec/operations';
import type { OperationId } from '@async-chatbot/core/operation';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { expectNoLeak } from '../support/checks/no-leak.ts';
import { runs } from '../support/checks/runs.ts';
import { casesOf, type FuzzCase } from '../support/fuzz/fuzz-cases.ts';
import { connect, loggedIn, type TestResponse } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

/** By name, so that the cases of an operation stay the same when another one is added. */
const seedOf = (name: string): number => hash('sha256', name, 'buffer').readInt32LE();
const CASES = runs(50, 200);
/** Each deletion takes a second, so that it reaches every server. */
const runsOf = (name: string): number => (name === 'deleteCurrentUser' ? 30 : CASES);

const baseUrl = await startServer();
const [ada, bob] = [await loggedIn(baseUrl), await loggedIn(baseUrl)];
const MESSAGE = { content: 'canary hello' };
/** The conversation that queries name; those in paths may be deleted. */
const { id_conversation } = (await ada.call('POST', '/conversations', { json: {} })).body;
const KNOWN: Partial<Record<OperationId, unknown[]>> = {
  registerUser: [ada.credentials],
  loginUser: [ada.credentials],
};
/** These change the session, so each case has its own user. */
const CHANGES_SESSION: OperationId[] = [
  'logoutUser',
  'logoutEverywhere',
  'refreshSession',
  'deleteCurrentUser',
  // By another method on the same path.
  'getCurrentUser',
];
/** These need a code or a password, which no case can guess. */
const SECRET: string[] = ['confirmUser', 'resetPassword', 'changePassword'];
const ids = Object.keys(operations) as OperationId[];
const tally: Record<string, Record<string, number>> = {};

describe.concurrent('no 5xx, and every response as documented', () => {
  it.each(ids)('%s', { timeout: 180_000 }, async (id) => {
    const seen = await fuzz(id, casesOf(id, KNOWN[id]));
    const successes = [200, 201, 202, 204].reduce((sum, status) => sum + (seen[status] ?? 0), 0);
    if (SECRET.includes(id)) expect(successes).toBe(0);
    else expect(successes, 'successes').toBeGreaterThan(runsOf(id) / 10);
    const rejections = [400, 405, 413, 415, 422].reduce((sum, status) => sum + (seen[status] ?? 0), 0);
    expect(rejections, 'rejections').toBeGreaterThan(0);
  });

  it('unknown paths', { timeout: 60_000 }, async () => {
    const methods = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS');
    const paths = fc.webPath().map((text) => `/canary${text}`);
    const cases = fc
      .tuple(casesOf('sendMessage'), methods, paths)
      .map(([valid, method, path]) => ({ ...valid, method, path, mutated: true }));
    expect(Object.keys(await fuzz('unknown paths', cases))).toEqual(['404']);
  });
});

afterAll(() => {
  const count = (statuses: Record<string, number>) => Object.values(statuses).reduce((sum, some) => sum + some, 0);
  console.table(
    Object.fromEntries(Object.entries(tally).map(([id, statuses]) => [id, { cases: count(statuses), ...statuses }])),
  );
});

async function fuzz(name: string, cases: fc.Arbitrary<FuzzCase>): Promise<Record<string, number>> {
  const seen: Record<string, number> = {};
  tally[name] = seen;
  await fc.assert(
    fc.asyncProperty(cases, async (fuzzCase) => {
      const session = CHANGES_SESSION.some((id) => id === name) ? await loggedIn(baseUrl) : ada;
      const { status, body } = await run(fuzzCase, session);
      const rejections = SECRET.includes(name) ? [405, 413, 415, 422] : [400, 405, 413, 415, 422];
      // An earlier case may have used a short key with another text.
      const isRejected = rejections.includes(status) && body?.code !== 'idempotency-key-reused';
      if (!fuzzCase.mutated) expect(isRejected && status, 'a valid request').toBe(false);
      seen[status] = (seen[status] ?? 0) + 1;
    }),
    { seed: seedOf(name), numRuns: runsOf(name) },
  );
  return seen;
}

async function run(fuzzCase: FuzzCase, session: typeof ada): Promise<TestResponse> {
  const { method, conversation, query, caller, headers, json, bytes } = fuzzCase;
  const client = connect(baseUrl);
  if (caller === 'cookie') for (const [name, value] of session.jar) client.jar.set(name, value);
  const authorization = `Bearer ${session.jar.get('access_token')}`;
  const body = bytes ?? (json === undefined ? undefined : JSON.stringify(json));

  // As `fetch` sends it, so that the response is validated for the same path.
  const url = new URL(baseUrl + (await pathOf(fuzzCase)));
  const queries = [query, queryOf(conversation)].filter(Boolean);
  if (queries.length > 0) url.search = queries.join('&');
  const response = await client.call(method, url.pathname + url.search, {
    headers: { ...(caller === 'bearer' && { authorization }), ...headers },
    ...(body !== undefined && !['GET', 'HEAD'].includes(method) && { body }),
  });
  if (method === 'HEAD') expect(response.status).toBeLessThan(500);
  else expectNoLeak(response);
  return response;
}

async function pathOf({ path, id, conversation }: FuzzCase): Promise<string> {
  if (path.includes('{id_message}')) return path.replace('{id_message}', await messageIdOf(id, conversation));
  if (path.includes('{id_conversation}')) return path.replace('{id_conversation}', await conversationIdOf(id));
  return path;
}

/** The message id in a path. The user's own message is new each time, since it may be deleted. */
async function messageIdOf(id: FuzzCase['id'], conversation: FuzzCase['conversation']): Promise<string> {
  if (typeof id === 'object') return id.segment;
  if (id === 'unknown') return randomUUID();
  const query = conversation === 'mine' ? queryOf(conversation) : '';
  const { body } = await (id === 'theirs'
    ? bob.call('POST', '/messages', { json: MESSAGE })
    : ada.call('POST', `/messages?${query}`, { json: MESSAGE }));
  const { user_message, bot_response } = body;
  if (id === 'reply') return bot_response.id_message;
  return id === 'encoded' ? encoded(user_message.id_message) : user_message.id_message;
}

/** The conversation id in a path. No conversation has the id of a reply. */
async function conversationIdOf(id: FuzzCase['id']): Promise<string> {
  if (typeof id === 'object') return id.segment;
  if (id === 'unknown' || id === 'reply') return randomUUID();
  const { body } = await (id === 'theirs' ? bob : ada).call('POST', '/conversations', { json: {} });
  return id === 'encoded' ? encoded(body.id_conversation) : body.id_conversation;
}

const encoded = (id: string): string => id.replaceAll('0', '%30');

const queryOf = (conversation: FuzzCase['conversation']): string =>
  conversation === 'default' ? '' : `id_conversation=${conversation === 'mine' ? id_conversation : randomUUID()}`;
