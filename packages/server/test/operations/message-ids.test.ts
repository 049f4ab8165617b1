/** How every operation responds to an id without a message. */
import { operations } from '@async-chatbot/api-spec/operations';
import { describe, expect, it } from 'vitest';
import { type Client, connect, loggedIn } from '../support/requests/client.ts';
import { sampleRequest, UNKNOWN_ID } from '../support/requests/sample-requests.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();
const ada = await loggedIn(baseUrl);
const IDS = ['getMessage', 'regenerateReply', 'cancelReply', 'resumeReply', 'rateReply'] as const;

describe.each(IDS)('%s', (id) => {
  const { method, path } = operations[id];
  const json = id === 'rateReply' ? { rating: 'up' } : undefined;
  const call = (client: Client, message: string, query = '') =>
    client.call(method, path.replace('{id_message}', message) + query, { json });

  it('400 for a path that cannot be decoded', async () => {
    expect((await call(ada, '%')).status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await sampleRequest(id, connect(baseUrl))).status).toBe(401);
  });

  it('404 for an unknown message, also in an unknown conversation', async () => {
    for (const query of ['', `?id_conversation=${UNKNOWN_ID}`]) {
      const { status, body } = await call(ada, UNKNOWN_ID, query);
      expect([status, body.code]).toEqual([404, 'message-not-found']);
    }
  });

  it('422 for an invalid id of the message or the conversation', async () => {
    expect((await call(ada, UNKNOWN_ID.toUpperCase())).status).toBe(422);
    expect((await call(ada, UNKNOWN_ID, '?id_conversation=default')).status).toBe(422);
  });
});
