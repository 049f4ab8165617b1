/** A user's journey through the API, with the SDK over real HTTP. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, createClient, type ExportedItem } from '@async-chatbot/sdk';
import { expect, it } from 'vitest';
import { newCredentials } from '../support/requests/client.ts';
import { poolServer } from '../support/servers/pool-server.ts';
import { startServer } from '../support/servers/server.ts';

const baseUrl = await startServer();

it('registers, logs in, sends, edits, deletes and logs out', async () => {
  const client = createClient({ baseUrl });
  const credentials = newCredentials();
  expect(await client.health.get()).toEqual({ status: 'OK' });
  expect(await client.users.register(credentials)).toEqual({ message: 'User created successfully' });
  expect(await client.users.login(credentials)).toEqual({ message: 'Login successful' });
  expect(await client.users.me()).toMatchObject({ email: credentials.email });

  const { user_message, bot_response } = await client.messages.send({ content: 'canary: tell me a joke' });
  expect(bot_response.content).toContain('Halloween');
  expect(await client.messages.list({ limit: 10 })).toEqual({ messages: [bot_response, user_message] });

  const edited = await client.messages.edit(user_message.id_message, { content: 'canary: never mind' });
  expect(edited).toMatchObject({ content: 'canary: never mind', edited_at: expect.any(String) });
  expect(await client.messages.delete(user_message.id_message)).toMatchObject({ status: 'deleted' });
  expect(await client.messages.list()).toEqual({ messages: [] });

  expect(await client.users.logout()).toEqual({ message: 'Logout successful' });
  const refused = await client.users.me().catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ApiError);
  expect(refused).toMatchObject({ status: 401, code: 'unauthenticated', requestId: expect.any(String) });
});

it('separates two users, each with a client', async () => {
  const [ada, bob] = [createClient({ baseUrl }), createClient({ baseUrl })];
  for (const client of [ada, bob]) {
    const credentials = newCredentials();
    await client.users.register(credentials);
    await client.users.login(credentials);
  }
  const { user_message } = await ada.messages.send({ content: 'canary' });
  const refused = bob.messages.edit(user_message.id_message, { content: 'canary' });
  await expect(refused).rejects.toMatchObject({ status: 404, code: 'message-not-found' });
});

it('continues when the access token has expired, and reports the end of the session', async () => {
  const { baseUrl } = await poolServer({ accessTokenSeconds: 2, now: () => new Date() });
  const ends: string[] = [];
  const client = createClient({ baseUrl, onSessionEnd: ({ code }) => void ends.push(code ?? '') });
  const credentials = newCredentials();
  await client.users.register(credentials);
  await client.users.login(credentials);
  await sleep(2100);
  // All of these find the access token expired; one refresh serves them all.
  const users = await Promise.all(Array.from({ length: 10 }, () => client.users.me()));
  expect(users.every(({ email }) => email === credentials.email)).toBe(true);

  const otherDevice = createClient({ baseUrl });
  await otherDevice.users.login(credentials);
  await otherDevice.users.logoutEverywhere();
  await expect(client.messages.list()).rejects.toMatchObject({ status: 401, code: 'session-expired' });
  expect(ends).toEqual(['session-expired']);
});

it('resets and changes a password, exports all data and deletes the account', async () => {
  const { baseUrl, codeFor } = await poolServer({ registration: 'confirm', now: () => new Date() });
  const client = createClient({ baseUrl });
  const { email, password } = newCredentials();
  expect(await client.users.register({ email, password })).toEqual({ message: 'Check your e-mail' });
  await client.users.confirm({ email, code: codeFor(email), password });
  await client.users.forgotPassword({ email });
  await client.users.resetPassword({ email, code: codeFor(email), password: `${password}-2` });
  await client.users.login({ email, password: `${password}-2` });
  await client.users.changePassword({ current_password: `${password}-2`, new_password: `${password}-3` });
  const { user_message, bot_response } = await client.messages.send({ content: 'canary' });

  const exported: ExportedItem[] = [];
  for await (const item of client.users.export()) exported.push(item);
  expect(exported).toEqual([
    { user: await client.users.me() },
    { message: bot_response },
    { message: user_message },
    { end: { conversations: 0, messages: 2 } },
  ]);

  expect(await client.users.delete()).toEqual({ message: 'Account deleted' });
  const refused = client.users.login({ email, password: `${password}-3` });
  await expect(refused).rejects.toMatchObject({ code: 'invalid-credentials' });
});
