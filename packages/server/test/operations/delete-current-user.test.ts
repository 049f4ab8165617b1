import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoTable } from '../support/dynamo/dynamo-table.ts';
import { allItems } from '../support/dynamo/stored.ts';
import { faultProxy } from '../support/proxies/fault-proxy.ts';
import { connect, loggedIn, sendMessage } from '../support/requests/client.ts';
import { claims, token } from '../support/requests/tokens.ts';
import { startServer, testConfig, testDeps } from '../support/servers/server.ts';

const baseUrl = await startServer();
const path = '/users/me';

/** Every item of the table that contains this text in any attribute. */
const itemsWith = async (text: string) =>
  (await allItems(testConfig().dynamo)).filter((item) => JSON.stringify(item).includes(text));

/** What the index of conversations contains about a user. */
function indexedOf(userId: string): Promise<string[]> {
  const { dynamo } = testConfig();
  return dynamoTable(dynamoClient(dynamo), dynamo.table).indexedOf(userId);
}

describe('deleteCurrentUser', () => {
  it('200 and no item of the user remains, and the account cannot log in', async () => {
    const ada = await loggedIn(baseUrl);
    const { user_id } = (await ada.call('GET', path)).body;
    // More than one batch of DynamoDB.
    await Promise.all(Array.from({ length: 30 }, () => sendMessage(ada)));
    await ada.call('POST', '/conversations', { json: {} });
    expect(await indexedOf(user_id)).toHaveLength(1);
    expect((await itemsWith(user_id)).length).toBeGreaterThanOrEqual(60);

    const { status, body, headers } = await ada.call('DELETE', path);
    expect(status).toBe(200);
    expect(body).toEqual({ message: 'Account deleted' });
    expect(headers.getSetCookie().every((cookie) => /^(access|refresh)_token=;/.test(cookie))).toBe(true);
    // The deletions that will be repeated.
    const scheduled = { pk: 'sweeps', sk: expect.any(String), userId: user_id };
    expect(await itemsWith(user_id)).toEqual([{ ...scheduled, beforeMs: expect.any(Number) }, scheduled]);
    expect(await indexedOf(user_id)).toEqual([]);
    expect(await itemsWith(ada.credentials.email)).toEqual([]);
    expect((await ada.call('POST', '/users/login', { json: ada.credentials })).status).toBe(401);
  });

  it('200 and all other sessions end', async () => {
    const ada = await loggedIn(baseUrl);
    const phone = connect(baseUrl);
    await phone.call('POST', '/users/login', { json: ada.credentials });
    await ada.call('DELETE', path);
    expect((await phone.call('GET', '/messages')).status).toBe(401);
    expect((await phone.call('POST', '/users/refresh')).status).toBe(401);
  });

  it('200 and the address can be registered again, without earlier data', async () => {
    const ada = await loggedIn(baseUrl);
    await sendMessage(ada);
    await ada.call('DELETE', path);
    expect((await ada.call('POST', '/users/register', { json: ada.credentials })).status).toBe(201);
    await ada.call('POST', '/users/login', { json: ada.credentials });
    expect((await ada.call('GET', '/messages')).body).toEqual({ messages: [] });
  });

  it('200 if only the response of Cognito was lost', async () => {
    const proxy = await faultProxy(`${inject('environment').AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER}`);
    onTestFinished(proxy.close);
    const deps = testDeps({ AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: proxy.endpoint });
    const ada = await loggedIn(await startServer(deps));
    proxy.set('lost response');
    expect((await ada.call('DELETE', path)).status).toBe(200);
    expect(proxy.mode(), 'a response was lost').toBe('pass');
    expect((await ada.call('POST', '/users/login', { json: ada.credentials })).status).toBe(401);
  });

  it('400 for both a cookie and a bearer token', async () => {
    const ada = await loggedIn(baseUrl);
    const headers = { authorization: `Bearer ${ada.jar.get('access_token')}` };
    expect((await ada.call('DELETE', path, { headers })).status).toBe(400);
  });

  it('401 without a session', async () => {
    expect((await connect(baseUrl).call('DELETE', path)).status).toBe(401);
  });

  it.each([
    ['older than five minutes', Math.floor(Date.now() / 1000) - 301],
    ['of an unknown age', undefined],
  ])('403 after a login that is %s, which deletes nothing', async (_label, auth_time) => {
    const headers = { authorization: `Bearer ${token(claims({ auth_time }))}` };
    const { call } = connect(baseUrl);
    await call('POST', '/messages', { json: { content: 'canary' }, headers });
    const { status, body } = await call('DELETE', path, { headers });
    expect(status).toBe(403);
    expect(body.code).toBe('recent-login-required');
    expect((await call('GET', '/messages', { headers })).body.messages).toHaveLength(2);
  });

  it('403 for an old login with a refreshed session, since only a password counts as a login', async () => {
    const ada = await loggedIn(baseUrl);
    const { auth_time } = JSON.parse(atob(ada.jar.get('access_token')?.split('.')[1] ?? ''));
    await ada.call('POST', '/users/refresh');
    expect(JSON.parse(atob(ada.jar.get('access_token')?.split('.')[1] ?? '')).auth_time).toBe(auth_time);
  });

  it('422 for an unknown query parameter', async () => {
    expect((await (await loggedIn(baseUrl)).call('DELETE', `${path}?all=1`)).status).toBe(422);
  });
});
