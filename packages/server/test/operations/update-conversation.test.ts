import { describe, expect, it } from 'vitest';
import { CANARY } from '../support/checks/canary.ts';
import { type Client, connect, loggedIn } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();
const ada = await loggedIn(baseUrl);
const UNKNOWN = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';

const create = async (client: Client, json = {}) => (await client.call('POST', '/conversations', { json })).body;
const rename = (id: string, json: unknown = { title: `${CANARY} renamed` }, client: Client = ada) =>
  client.call('PATCH', `/conversations/${id}`, { json });

describe('updateConversation', () => {
  it('200 with the renamed conversation', async () => {
    for (const json of [{}, { title: `${CANARY} before` }]) {
      const created = await create(ada, json);
      const { status, body } = await rename(created.id_conversation);
      expect(status).toBe(200);
      expect(body).toEqual({ ...created, title: `${CANARY} renamed`, updated_at: body.updated_at });
      expect(body.updated_at > created.updated_at).toBe(true);
      expect((await ada.call('GET', `/conversations/${created.id_conversation}`)).body).toEqual(body);
    }
  });

  it('200 and later messages do not change the title', async () => {
    const { id_conversation } = await create(ada);
    await rename(id_conversation);
    const json = { content: `${CANARY} said` };
    await ada.call('POST', `/messages?id_conversation=${id_conversation}`, { json });
    const { body } = await ada.call('GET', `/conversations/${id_conversation}`);
    expect(body.title).toBe(`${CANARY} renamed`);
  });

  it('400 for a body that is not JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    expect((await ada.call('PATCH', `/conversations/${UNKNOWN}`, { body: '{', headers })).status).toBe(400);
  });

  it('400 for a path that cannot be decoded', async () => {
    const { status, body } = await rename('%E0%A4%A');
    expect(status).toBe(400);
    expect(body.code).toBe('malformed-request');
  });

  it('401 without a session', async () => {
    const { id_conversation } = await create(ada);
    expect((await rename(id_conversation, { title: CANARY }, connect(baseUrl))).status).toBe(401);
  });

  it('404 for an unknown conversation and another user’s alike, which is not changed', async () => {
    const bob = await loggedIn(baseUrl);
    const created = await create(bob, { title: `${CANARY} of Bob` });
    for (const id of [UNKNOWN, created.id_conversation]) {
      const { status, body } = await rename(id);
      expect(status).toBe(404);
      expect(body.code).toBe('conversation-not-found');
    }
    expect((await bob.call('GET', '/conversations')).body).toEqual({ conversations: [created] });
  });

  it('404 for a deleted conversation, which stays deleted', async () => {
    const carol = await loggedIn(baseUrl);
    const { id_conversation } = await create(carol);
    await carol.call('DELETE', `/conversations/${id_conversation}`);
    expect((await rename(id_conversation, { title: CANARY }, carol)).status).toBe(404);
    expect((await carol.call('GET', '/conversations')).body).toEqual({ conversations: [] });
  });

  it('413 for a body over 100 KB', async () => {
    expect((await rename(UNKNOWN, { title: 'x'.repeat(102_400) })).status).toBe(413);
  });

  it('415 for plain text', async () => {
    expect((await ada.call('PATCH', `/conversations/${UNKNOWN}`, { body: CANARY })).status).toBe(415);
  });

  it.each([
    ['no title', {}, '/title'],
    ['an empty title', { title: '' }, '/title'],
    ['201 code points', { title: 'x'.repeat(201) }, '/title'],
    ['a NUL character', { title: '\0' }, '/title'],
    ['a null title', { title: null }, '/title'],
    ['an unknown field', { title: CANARY, created_at: '2026-01-01T00:00:00.000Z' }, '/created_at'],
  ])('422 for %s, which changes nothing', async (_label, json, pointer) => {
    const created = await create(ada);
    const { status, body } = await rename(created.id_conversation, json);
    expect(status).toBe(422);
    expect(body.errors[0].pointer).toBe(pointer);
    expect((await ada.call('GET', `/conversations/${created.id_conversation}`)).body).toEqual(created);
  });

  it('422 for an invalid id', async () => {
    const { status, body } = await rename('none');
    expect(status).toBe(422);
    expect(body.errors[0].parameter).toBe('id_conversation');
  });
});
