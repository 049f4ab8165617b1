/** A person's whole way through the product, by the SDK and over real HTTP. */
import { ApiError, createClient } from '@async-chatbot/sdk';
import { expect, it } from 'vitest';
import { newCredentials } from './support/client.ts';
import { startServer } from './support/server.ts';

const baseUrl = await startServer();

it('registers, logs in, talks to the bot, edits, deletes and logs out', async () => {
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

it('keeps two people apart, each with a client', async () => {
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
