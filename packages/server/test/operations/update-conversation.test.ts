import { describe, expect, it } from 'vitest';
import { type Client, connect, loggedIn } from '../support/client.ts';
import { startServer } from '../support/server.ts';

const baseUrl = await startServer();
const ada = await loggedIn(baseUrl);
const UNKNOWN = '01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b';
const rename = (client: Client, id: string, json: unknown = { title: 'canary two' }) =>
  client.call('PATCH', `/conversations/${id}`, { json });
const create = async () => (await ada.call('POST', '/conversations', { json: { title: 'canary one' } })).body;

describe('updateConversation', () => {
  it('200 with the new title, which a message does not change', async () => {
    const created = await create();
    const { status, body } = await rename(ada, created.id_conversation);
    expect(status).toBe(200);
    expect(body).toEqual({ ...created, title: 'canary two', updated_at: expect.any(String) });
    expect(body.updated_at > created.updated_at).toBe(true);
    await ada.call('POST', `/messages?id_conversation=${created.id_conversation}`, { json: { content: 'canary' } });
    expect((await ada.call('GET', `/conversations/${created.id_conversation}`)).body.title).toBe('canary two');
  });

  it('400 for a body that is not JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    const { id_conversation } = await create();
    const { status } = await ada.call('PATCH', `/conversations/${id_conversation}`, { body: '{canary', headers });
    expect(status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await rename(connect(baseUrl), UNKNOWN)).status).toBe(401);
  });

  it('404 for one that is not there', async () => {
    expect((await rename(ada, UNKNOWN)).body.code).toBe('conversation-not-found');
  });

  it('413 for a body over 64 KB', async () => {
    expect((await rename(ada, UNKNOWN, { title: 'x'.repeat(65_536) })).status).toBe(413);
  });

  it('415 for plain text', async () => {
    expect((await ada.call('PATCH', `/conversations/${UNKNOWN}`, { body: 'canary' })).status).toBe(415);
  });

  it.each([
    ['no title', {}, '/title'],
    ['an empty title', { title: '' }, '/title'],
    ['a time of its own', { title: 'canary', updated_at: '2026-01-01T00:00:00.000Z' }, '/updated_at'],
  ])('422 for %s', async (_words, json, pointer) => {
    const { status, body } = await rename(ada, UNKNOWN, json);
    expect(status).toBe(422);
    expect(body.errors[0].pointer).toBe(pointer);
  });
});
