/** Other users' resources look nonexistent (OWASP API1:2023), in every operation whose path contains an id. */
import { operations } from '@async-chatbot/api-spec/operations';
import type { OperationId } from '@async-chatbot/core/operation';
import { describe, expect, it } from 'vitest';
import { type Client, connect, loggedIn, sendMessage } from '../support/requests/client.ts';
import { sampleRequest } from '../support/requests/sample-requests.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();

/** Creates a user's resource, by the name of its id in paths. */
const OWNED: Readonly<Record<string, (owner: Client) => Promise<string>>> = {
  id_message: async (owner) => (await sendMessage(owner)).user_message.id_message,
  id_conversation: async (owner) => (await owner.call('POST', '/conversations', { json: {} })).body.id_conversation,
};

const parametersOf = (id: OperationId) => [...operations[id].path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
const withId = (Object.keys(operations) as OperationId[]).filter((id) => parametersOf(id).length > 0);

/** A response without what differs for every request. */
const comparable = ({
  status,
  body: { request_id, instance, ...body },
}: {
  status: number;
  body: Record<string, unknown>;
}) => ({
  status,
  body,
});

it('there are such operations, and a fixture for the resource of each', () => {
  expect(withId.length).toBeGreaterThan(1);
  expect(withId.flatMap(parametersOf).filter((name) => !OWNED[name])).toEqual([]);
});

describe.each(withId)('%s', (id) => {
  const [parameter = ''] = parametersOf(id);
  const own = (owner: Client): Promise<string> => OWNED[parameter]?.(owner) ?? Promise.reject(new Error(parameter));
  const messagesOf = async (owner: Client) => (await owner.call('GET', '/messages')).body;

  it('401 without a session, and nothing changes', async () => {
    const owner = await loggedIn(baseUrl);
    const theirs = await own(owner);
    const before = await messagesOf(owner);
    const { status, body } = await sampleRequest(id, connect(baseUrl), theirs);
    expect(status).toBe(401);
    expect(body.code).toBe('unauthenticated');
    expect(await messagesOf(owner)).toEqual(before);
  });

  it('404 for another user’s id, with the same response as for an unknown one, and nothing changes', async () => {
    const [owner, stranger] = [await loggedIn(baseUrl), await loggedIn(baseUrl)];
    const theirs = await own(owner);
    const before = await messagesOf(owner);
    const foreign = await sampleRequest(id, stranger, theirs);
    const unknown = await sampleRequest(id, stranger);
    expect(foreign.status).toBe(404);
    expect(comparable(foreign)).toEqual(comparable(unknown));
    expect(await messagesOf(owner)).toEqual(before);
  });

  it('succeeds for the owner', async () => {
    const owner = await loggedIn(baseUrl);
    expect((await sampleRequest(id, owner, await own(owner))).status).toBe(200);
  });
});
