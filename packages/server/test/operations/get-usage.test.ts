import { createUsage } from '@async-chatbot/core/usage';
import { describe, expect, inject, it } from 'vitest';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoUsageCounters } from '../../src/dynamo/usage-counters.ts';
import { connect, loggedIn, sendMessage } from '../support/requests/client.ts';
import { startServer, testDeps } from '../support/servers/server.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: endpoint = '', DYNAMO_MESSAGES_TABLE: table = '' } = inject('environment');

const quota = { messagesPerDay: 10, tokensPerDay: 1000, reserveTokens: 100 };
const noon = new Date('2026-01-02T12:00:00Z');
const usage = createUsage(dynamoUsageCounters(dynamoClient({ region: 'local', endpoint }), table), quota, () => noon);

const baseUrl = await startServer({ usage });
const unlimited = await startServer();
const limited = await startServer(testDeps({ QUOTA_MESSAGES_PER_DAY: '2' }));

/** A user who has used this many tokens with one message. */
async function userWithUsage(tokens: number) {
  const client = await loggedIn(baseUrl);
  const { user_id } = (await client.call('GET', '/users/me')).body;
  await (await usage.reserve(user_id))?.settle(tokens);
  return client;
}

describe('getUsage', () => {
  it('200 with unused quotas for a user without messages', async () => {
    const { status, body } = await (await loggedIn(baseUrl)).call('GET', '/users/me/usage');
    expect(status).toBe(200);
    expect(body).toEqual({
      day: '2026-01-02',
      resets_at: '2026-01-03T00:00:00.000Z',
      messages: { limit: 10, used: 0, left: 10 },
      tokens: { limit: 1000, used: 0, left: 1000 },
    });
  });

  it('200 with the usage of this user only', async () => {
    const [ada, bob] = [await userWithUsage(70), await userWithUsage(1500)];
    expect((await ada.call('GET', '/users/me/usage')).body).toMatchObject({
      messages: { limit: 10, used: 1, left: 9 },
      tokens: { limit: 1000, used: 70, left: 930 },
    });
    expect((await bob.call('GET', '/users/me/usage')).body).toMatchObject({
      tokens: { limit: 1000, used: 1500, left: 0 },
    });
  });

  it('200 without quotas if none are configured', async () => {
    const { status, body } = await (await loggedIn(unlimited)).call('GET', '/users/me/usage');
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['day', 'resets_at']);
  });

  it('200 with a count of the messages sent to the bot, without rejected ones', async () => {
    const ada = await loggedIn(limited);
    const usedBy = async () => (await ada.call('GET', '/users/me/usage')).body.messages;
    await sendMessage(ada);
    expect(await usedBy()).toEqual({ limit: 2, used: 1, left: 1 });
    await sendMessage(ada);
    expect(await usedBy()).toEqual({ limit: 2, used: 2, left: 0 });
    expect((await ada.call('POST', '/messages', { json: { content: 'canary hello' } })).status).toBe(429);
    expect(await usedBy()).toEqual({ limit: 2, used: 2, left: 0 });
  });

  it('400 for both a cookie and a bearer token', async () => {
    const ada = await loggedIn(baseUrl);
    const headers = { authorization: `Bearer ${ada.jar.get('access_token')}` };
    const { status, body } = await ada.call('GET', '/users/me/usage', { headers });
    expect(status).toBe(400);
    expect(body.code).toBe('ambiguous-credentials');
  });

  it('401 without a session', async () => {
    const { status, body } = await connect(baseUrl).call('GET', '/users/me/usage');
    expect(status).toBe(401);
    expect(body.code).toBe('unauthenticated');
  });

  it('422 for an unknown query parameter', async () => {
    const { status, body } = await (await loggedIn(baseUrl)).call('GET', '/users/me/usage?day=2026-01-01');
    expect(status).toBe(422);
    expect(body.errors[0].parameter).toBe('day');
  });
});
