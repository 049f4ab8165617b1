/** What is wrong with a request, in the words of the real server and of the mock: the same words. */
import { randomUUID } from 'node:crypto';
import { operations } from '@async-chatbot/api-spec/operations';
import type { OperationId } from '@async-chatbot/core/operation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, type Client, connect, loggedIn } from '../support/client.ts';
import { casesOf, type FuzzCase } from '../support/fuzz-cases.ts';
import { type Api, mockApi, realApi } from './apis.ts';
import { likeness } from './likeness.ts';

const SEED = 20_261_125;
/** The rules that there are in common are tried with each operation. */
const CASES = 15;
const SAID = { content: 'canary hello' };

/** What they change about the session would show in the next case, so each case has somebody of its own. */
const CHANGING: OperationId[] = [
  'logoutUser',
  'logoutEverywhere',
  'refreshSession',
  'changePassword',
  'deleteCurrentUser',
  // By another method on the same path.
  'getCurrentUser',
];

const ids = Object.keys(operations) as OperationId[];
const credentials = { email: `canary-${randomUUID()}@example.com`, password: 'canary-1' };
const [real, mock] = [await inhabited(await realApi()), await inhabited(await mockApi())];

describe('the mock answers what the server answers', () => {
  it.each(ids)('%s', { timeout: 180_000 }, async (id) => {
    await Promise.all([real.renew(), mock.renew()]);
    const seen: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(casesOf(id, [credentials]).filter(isForBoth), async (fuzzCase) => {
        if (CHANGING.includes(id)) await Promise.all([real.renew(), mock.renew()]);
        const [expected, answered] = [await real.answer(fuzzCase), await mock.answer(fuzzCase)];
        expect(likeness([answered])).toEqual(likeness([expected]));
        seen[expected.status] = (seen[expected.status] ?? 0) + 1;
      }),
      // Each deletion waits a second until every server knows of it.
      { seed: SEED, numRuns: id === 'deleteCurrentUser' ? 6 : CASES },
    );
    expect(seen[422], 'refusals').toBeGreaterThan(0);
  });
});

/** The mock lets pages of every origin call, and unpacks what every platform can. */
function isForBoth({ headers }: FuzzCase): boolean {
  return headers.origin === undefined && headers['content-encoding'] !== 'br';
}

/** A server with somebody for the cases to be, and with somebody else. */
async function inhabited({ baseUrl, send }: Api) {
  const bob = await loggedIn(baseUrl, send);
  await connect(baseUrl, send).call('POST', '/users/register', { json: credentials });
  let somebody = await newcomer();

  async function newcomer() {
    const ada = await loggedIn(baseUrl, send);
    const { id_conversation } = (await ada.call('POST', '/conversations', { json: {} })).body;
    return { ...ada, id_conversation };
  }

  async function answer(fuzzCase: FuzzCase): Promise<Answer> {
    const ada = somebody;
    const { method, path, id, conversation, query, caller, headers, json, bytes } = fuzzCase;
    const about = { default: '', mine: ada.id_conversation, unknown: UNKNOWN }[conversation];
    const named = about && `id_conversation=${about}`;
    const client = connect(baseUrl, send);
    if (caller === 'cookie') for (const [name, value] of ada.jar) client.jar.set(name, value);
    const authorization = `Bearer ${ada.jar.get('access_token')}`;
    const body = bytes ?? (json === undefined ? undefined : JSON.stringify(json));
    // As `fetch` will send it, so that the spec is asked about the same path.
    const url = new URL(baseUrl + (path.includes('{') ? path.replace(/\{\w+\}/, await segment()) : path));
    const queries = [query, named].filter(Boolean);
    if (queries.length > 0) url.search = queries.join('&');
    return client.call(method, url.pathname + url.search, {
      headers: { ...(caller === 'bearer' && { authorization }), ...headers },
      ...(body !== undefined && !['GET', 'HEAD'].includes(method) && { body }),
    });

    async function segment(): Promise<string> {
      if (typeof id === 'object') return id.segment;
      if (id === 'unknown') return UNKNOWN;
      const whose = id === 'theirs' ? bob : ada;
      const found = path.includes('{id_conversation}') ? await newConversation(whose) : await newMessage(whose);
      return id === 'encoded' ? found.replaceAll('0', '%30') : found;
    }

    async function newConversation({ call }: Client): Promise<string> {
      return (await call('POST', '/conversations', { json: {} })).body.id_conversation;
    }

    async function newMessage({ call }: Client): Promise<string> {
      const where = conversation === 'mine' && id !== 'theirs' ? `?${named}` : '';
      const { user_message, bot_response } = (await call('POST', `/messages${where}`, { json: SAID })).body;
      return id === 'reply' ? bot_response.id_message : user_message.id_message;
    }
  }

  return {
    answer,
    /** Makes the cases somebody else's. */
    async renew(): Promise<void> {
      somebody = await newcomer();
    },
  };
}

/** An id that nothing has. */
const UNKNOWN = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';
