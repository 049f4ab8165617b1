import { expect, it } from 'vitest';
import { createClient } from '../../src/index.ts';
import { createMockServer } from '../../src/testing/index.ts';
import { CREDENTIALS } from '../support/mock-session.ts';

/** Calls everything with its options, which are either `undefined` or omitted. */
async function journey(isUndefined: boolean) {
  const optional = <Options extends object>(options: Options): Partial<Options> => (isUndefined ? options : {});
  const now = () => new Date('2026-11-25T12:00:00Z');
  const transport = optional({ delayMs: undefined, cutAfterBytes: undefined, chunkBytes: undefined, times: undefined });
  const server = createMockServer({ ...optional({ baseUrl: undefined, registration: undefined }), now });
  server.addUser(CREDENTIALS);
  const client = createClient({
    baseUrl: server.baseUrl,
    fetch: server.fetch,
    ...optional({
      headers: undefined,
      token: undefined,
      session: undefined,
      maxRetries: undefined,
      timeoutMs: undefined,
    }),
    ...optional({ signal: undefined, middleware: undefined, onSessionEnd: undefined }),
  });
  const { conversations, messages, users, request } = client;
  await users.login(CREDENTIALS);

  const options = optional({ signal: undefined, timeoutMs: undefined, maxRetries: undefined, headers: undefined });
  const messageOptions = { ...options, ...optional({ id_conversation: undefined }) };
  const changeOptions = { ...messageOptions, ...optional({ ifMatch: undefined }) };
  const results: unknown[] = [];
  const { id_conversation } = await conversations.create(optional({ title: undefined }), options);
  results.push(await conversations.list(optional({ limit: undefined, cursor: undefined }), options).toArray());
  results.push((await messages.send({ content: 'canary' }, { id_conversation, ...options })).bot_response.content);
  const { user_message } = await messages.send(
    { content: 'canary' },
    { ...messageOptions, ...optional({ idempotencyKey: undefined }) },
  );
  const id = user_message.id_message;
  server.reply({
    deltas: ['Hel', 'lo'],
    ...optional({ delayMs: undefined, end: undefined, pauseAfterDeltas: undefined, cutAfterDeltas: undefined }),
  });
  results.push(await messages.regenerateStream(id, messageOptions).text());
  results.push(await messages.resume(id, { ...messageOptions, ...optional({ lastEventId: undefined }) }).text());
  await messages.edit(id, { content: 'canary 2', ...optional({ regenerate: undefined }) }, changeOptions);
  await messages.rate(id, { rating: 'up', ...optional({ note: undefined }) }, messageOptions);
  await request('editMessage', {
    path: { id_message: id },
    body: { content: 'canary 3' },
    ...optional({ query: undefined, header: { 'If-Match': undefined } }),
  });
  results.push(
    (await messages.list(optional({ limit: undefined, order: undefined, id_conversation: undefined }))).messages.length,
  );
  server.fault('getHealth', { ...transport, problem: 'not-found', ...optional({ retryAfterSeconds: undefined }) });
  server.fault('getHealth', { ...transport, status: 418, ...optional({ body: undefined, headers: undefined }) });
  server.fault('getHealth', { ...transport, connection: 'refused' });
  for (let count = 0; count < 4; count += 1)
    results.push(await client.health.get({ ...options, maxRetries: 0 }).catch(({ message }) => message));
  await messages.delete(id, changeOptions);
  const requests = server.requests.map(({ method, path, headers, body }) => ({
    method,
    path,
    headers: Object.keys(headers),
    body,
  }));
  return JSON.parse(JSON.stringify({ results, requests }).replace(IDS, 'id')) as unknown;
}

const IDS = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

it('B15: undefined options are treated as omitted', async () => {
  expect(await journey(true)).toEqual(await journey(false));
});
