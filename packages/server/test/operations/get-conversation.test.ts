import { describe, expect, it } from 'vitest';
import { connect, loggedIn } from '../support/client.ts';
import { startServer } from '../support/server.ts';

const baseUrl = await startServer();
const UNKNOWN = '01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b';

describe('getConversation', () => {
  it('200 with the conversation', async () => {
    const ada = await loggedIn(baseUrl);
    const { body } = await ada.call('POST', '/conversations', { json: { title: 'canary' } });
    expect(await ada.call('GET', `/conversations/${body.id_conversation}`)).toMatchObject({ status: 200, body });
  });

  it('400 for a path that cannot be decoded', async () => {
    expect((await (await loggedIn(baseUrl)).call('GET', '/conversations/%')).status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await connect(baseUrl).call('GET', `/conversations/${UNKNOWN}`)).status).toBe(401);
  });

  it('404 for one that is not there', async () => {
    const { status, body } = await (await loggedIn(baseUrl)).call('GET', `/conversations/${UNKNOWN}`);
    expect([status, body.code]).toEqual([404, 'conversation-not-found']);
  });

  it('422 for an id that is none, `default` too', async () => {
    expect((await (await loggedIn(baseUrl)).call('GET', '/conversations/default')).status).toBe(422);
  });
});
