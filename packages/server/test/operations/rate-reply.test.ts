import { describe, expect, it } from 'vitest';
import { loggedIn, sendMessage } from '../support/requests/client.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();
const ada = await loggedIn(baseUrl);
const rate = (id: string, json: unknown) => ada.call('PUT', `/messages/${id}/feedback`, { json });

describe('rateReply', () => {
  it('200 with the feedback, which replaces the previous one, by the id of either message', async () => {
    const { user_message, bot_response } = await sendMessage(ada);
    const up = { rating: 'up', note: 'canary' };
    const first = await rate(bot_response.id_message, up);
    expect(first.status).toBe(200);
    expect(first.body).toEqual({ ...bot_response, feedback: up, version: 3 });
    expect(first.headers.get('etag')).toBe('"3"');
    const second = await rate(user_message.id_message, { rating: 'down' });
    expect(second.body).toEqual({ ...bot_response, feedback: { rating: 'down' }, version: 4 });
    expect((await ada.call('GET', '/messages?limit=1')).body.messages).toEqual([second.body]);
  });

  it('200 with a note of 1000 code points, however many bytes they take', async () => {
    const { bot_response } = await sendMessage(ada);
    const note = '👋'.repeat(1000);
    const { status, body } = await rate(bot_response.id_message, { rating: 'up', note });
    expect(status).toBe(200);
    expect(body.feedback.note).toBe(note);
  });

  it('404 for another user’s reply, which is not changed', async () => {
    const bob = await loggedIn(baseUrl);
    const { bot_response } = await sendMessage(bob);
    expect((await rate(bot_response.id_message, { rating: 'up' })).status).toBe(404);
    expect((await bob.call('GET', `/messages/${bot_response.id_message}`)).body).toEqual(bot_response);
  });

  it('404 for a deleted reply, which stays deleted', async () => {
    const { user_message, bot_response } = await sendMessage(ada);
    await ada.call('DELETE', `/messages/${bot_response.id_message}`);
    expect((await rate(user_message.id_message, { rating: 'up' })).status).toBe(404);
    expect((await ada.call('GET', `/messages/${bot_response.id_message}`)).status).toBe(404);
  });

  it('413 for a body over 100 KB', async () => {
    const { bot_response } = await sendMessage(ada);
    expect((await rate(bot_response.id_message, { rating: 'up', note: 'x'.repeat(102_400) })).status).toBe(413);
  });

  it('415 for plain text', async () => {
    const { bot_response } = await sendMessage(ada);
    const path = `/messages/${bot_response.id_message}/feedback`;
    expect((await ada.call('PUT', path, { body: 'canary' })).status).toBe(415);
  });

  it.each([
    ['no rating', {}, '/rating'],
    ['an unknown rating', { rating: 'canary' }, '/rating'],
    ['an empty note', { rating: 'up', note: '' }, '/note'],
    ['a note of 1001 code points', { rating: 'up', note: 'x'.repeat(1001) }, '/note'],
    ['an unknown field', { rating: 'up', stars: 5 }, '/stars'],
  ])('422 for %s', async (_label, json, pointer) => {
    const { bot_response } = await sendMessage(ada);
    const { status, body } = await rate(bot_response.id_message, json);
    expect(status).toBe(422);
    expect(body.errors[0].pointer).toBe(pointer);
  });
});
