import { describe, expect, it } from 'vitest';
import { connect, loggedIn, say } from '../support/client.ts';
import { startServer } from '../support/server.ts';

const baseUrl = await startServer();
const path = '/conversations';

describe('listConversations', () => {
  it('200 with none for whoever has the default one alone', async () => {
    const ada = await loggedIn(baseUrl);
    await say(ada);
    expect(await ada.call('GET', path)).toMatchObject({ status: 200, body: { conversations: [] } });
  });

  it('200 page by page, the newest first, each once', async () => {
    const ada = await loggedIn(baseUrl);
    const created: unknown[] = [];
    for (const title of ['canary 1', 'canary 2', 'canary 3', 'canary 4', 'canary 5'])
      created.unshift((await ada.call('POST', path, { json: { title } })).body);
    const first = (await ada.call('GET', `${path}?limit=2`)).body;
    const second = (await ada.call('GET', `${path}?limit=2&cursor=${first.next_cursor}`)).body;
    const third = (await ada.call('GET', `${path}?limit=2&cursor=${second.next_cursor}`)).body;
    expect([first, second, third].flatMap(({ conversations }) => conversations)).toEqual(created);
    expect(third).not.toHaveProperty('next_cursor');
  });

  it('400 with a cookie and a bearer token at once', async () => {
    const ada = await loggedIn(baseUrl);
    const headers = { authorization: `Bearer ${ada.jar.get('access_token')}` };
    expect((await ada.call('GET', path, { headers })).status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await connect(baseUrl).call('GET', path)).status).toBe(401);
  });

  it.each(['limit=0', 'limit=101', 'cursor=canary', 'order=asc'])('422 for %s', async (query) => {
    expect((await (await loggedIn(baseUrl)).call('GET', `${path}?${query}`)).status).toBe(422);
  });
});
