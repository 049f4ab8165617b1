import { randomUUID } from 'node:crypto';
import { operations } from '@async-chatbot/api-spec/operations';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { OperationId } from '../src/operation.ts';
import { expectClean } from './support/clean-answer.ts';
import { connect, loggedIn, say } from './support/client.ts';
import { casesOf, type FuzzCase } from './support/fuzz-cases.ts';
import { hastyIdentity, startServer } from './support/server.ts';

const SEED = 20_261_122;
const CASES = 200;
/** Each deletion waits a second until every server knows of it. */
const runsOf = (name: string): number => (name === 'deleteCurrentUser' ? 30 : CASES);

const baseUrl = await startServer({ identity: hastyIdentity() });
const [ada, bob] = [await loggedIn(baseUrl), await loggedIn(baseUrl)];
const KNOWN: Partial<Record<OperationId, unknown[]>> = {
  registerUser: [ada.credentials],
  loginUser: [ada.credentials],
};
/** What they change about the session would show in the next case, so each case has somebody of its own. */
const CHANGING: OperationId[] = [
  'logoutUser',
  'logoutEverywhere',
  'refreshSession',
  'deleteCurrentUser',
  // By another method on the same path.
  'getCurrentUser',
];
/** Nobody guesses a code, or a password. */
const SECRET: string[] = ['confirmUser', 'resetPassword', 'changePassword'];
const ids = Object.keys(operations) as OperationId[];
const tally: Record<string, Record<string, number>> = {};

describe('5xx for nothing, and every answer as documented', () => {
  it.each(ids)('%s', { timeout: 180_000 }, async (id) => {
    const seen = await fuzz(id, casesOf(id, KNOWN[id]));
    const successes = [200, 201, 202].reduce((sum, status) => sum + (seen[status] ?? 0), 0);
    if (SECRET.includes(id)) expect(successes).toBe(0);
    else expect(successes, 'successes').toBeGreaterThan(runsOf(id) / 10);
    expect(seen[422], 'refusals').toBeGreaterThan(0);
  });

  it('nowhere', { timeout: 60_000 }, async () => {
    const methods = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS');
    const paths = fc.webPath().map((text) => `/canary${text}`);
    const cases = fc
      .tuple(casesOf('sendMessage'), methods, paths)
      .map(([sane, method, path]) => ({ ...sane, method, path, mutated: true }));
    expect(Object.keys(await fuzz('nowhere', cases))).toEqual(['404']);
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
      const session = CHANGING.some((id) => id === name) ? await loggedIn(baseUrl) : ada;
      const status = await run(fuzzCase, session);
      const refused = SECRET.includes(name) ? [405, 413, 415, 422] : [400, 405, 413, 415, 422];
      if (!fuzzCase.mutated) expect(status, 'a valid request').not.toBeOneOf(refused);
      seen[status] = (seen[status] ?? 0) + 1;
    }),
    { seed: SEED + Object.keys(tally).length, numRuns: runsOf(name) },
  );
  return seen;
}

async function run({ method, path, id, query, caller, headers, json, bytes }: FuzzCase, session: typeof ada) {
  const client = connect(baseUrl);
  if (caller === 'cookie') for (const [name, value] of session.jar) client.jar.set(name, value);
  const authorization = `Bearer ${session.jar.get('access_token')}`;
  const body = bytes ?? (json === undefined ? undefined : JSON.stringify(json));

  // As `fetch` will send it, so that the spec is asked about the same path.
  const url = new URL(`${baseUrl}${path.includes('{') ? path.replace('{id_message}', await idOf(id)) : path}`);
  if (query) url.search = query;
  const answer = await client.call(method, url.pathname + url.search, {
    headers: { ...(caller === 'bearer' && { authorization }), ...headers },
    ...(body !== undefined && !['GET', 'HEAD'].includes(method) && { body }),
  });
  if (method === 'HEAD') expect(answer.status).toBeLessThan(500);
  else expectClean(answer);
  return answer.status;
}

/** What stands in the path for a message. Mine is a new one each time, since it may be deleted. */
async function idOf(id: FuzzCase['id']): Promise<string> {
  if (typeof id === 'object') return id.segment;
  if (id === 'unknown') return randomUUID();
  const { user_message, bot_response } = await say(id === 'theirs' ? bob : ada);
  if (id === 'reply') return bot_response.id_message;
  if (id === 'encoded') return user_message.id_message.replaceAll('0', '%30');
  return user_message.id_message;
}
