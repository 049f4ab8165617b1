import { expect, it } from 'vitest';
import { createClient } from '../../src/index.ts';
import { createMockServer } from '../../src/testing/index.ts';
import { CREDENTIALS } from '../support/mock-session.ts';

/** Everything with its options, of which `none` is either nothing or `undefined`. */
async function journey(isGiven: boolean) {
  const none = <Options extends object>(options: Options): Partial<Options> => (isGiven ? options : {});
  const now = () => new Date('2026-11-25T12:00:00Z');
  const transport = none({ delayMs: undefined, cutAfterBytes: undefined, chunkBytes: undefined, times: undefined });
  const server = createMockServer({ ...none({ baseUrl: undefined, registration: undefined }), now });
  server.addUser(CREDENTIALS);
  const client = createClient({
    baseUrl: server.baseUrl,
    fetch: server.fetch,
    ...none({ headers: undefined, token: undefined, session: undefined, maxRetries: undefined, timeoutMs: undefined }),
    ...none({ signal: undefined, middleware: undefined, onSessionEnd: undefined }),
  });
  const { conversations, messages, users, request } = client;
  await users.login(CREDENTIALS);

  const options = none({ signal: undefined, timeoutMs: undefined, maxRetries: undefined, headers: undefined });
  const about = { ...options, ...none({ id_conversation: undefined }) };
  const change = { ...about, ...none({ ifMatch: undefined }) };
  const results: unknown[] = [];
  const { id_conversation } = await conversations.create(none({ title: undefined }), options);
  results.push(await conversations.list(none({ limit: undefined, cursor: undefined }), options).toArray());
  results.push((await messages.send({ content: 'canary' }, { id_conversation, ...options })).bot_response.content);
  const { user_message } = await messages.send(
    { content: 'canary' },
    { ...about, ...none({ idempotencyKey: undefined }) },
  );
  const id = user_message.id_message;
  server.reply({
    deltas: ['Hel', 'lo'],
    ...none({ delayMs: undefined, end: undefined, pauseAfterDeltas: undefined, cutAfterDeltas: undefined }),
  });
  results.push(await messages.regenerateStream(id, about).text());
  results.push(await messages.resume(id, { ...about, ...none({ lastEventId: undefined }) }).text());
  await messages.edit(id, { content: 'canary 2', ...none({ regenerate: undefined }) }, change);
  await messages.rate(id, { rating: 'up', ...none({ note: undefined }) }, about);
  await request('editMessage', {
    path: { id_message: id },
    body: { content: 'canary 3' },
    ...none({ query: undefined, header: { 'If-Match': undefined } }),
  });
  results.push(
    (await messages.list(none({ limit: undefined, order: undefined, id_conversation: undefined }))).messages.length,
  );
  server.fault('getHealth', { ...transport, problem: 'not-found', ...none({ retryAfterSeconds: undefined }) });
  server.fault('getHealth', { ...transport, status: 418, ...none({ body: undefined, headers: undefined }) });
  server.fault('getHealth', { ...transport, connection: 'refused' });
  for (let count = 0; count < 4; count += 1)
    results.push(await client.health.get({ ...options, maxRetries: 0 }).catch(({ message }) => message));
  await messages.delete(id, change);
  const requests = server.requests.map(({ method, path, headers, body }) => ({
    method,
    path,
    headers: Object.keys(headers),
    body,
  }));
  return JSON.parse(JSON.stringify({ results, requests }).replace(IDS, 'id')) as unknown;
}

const IDS = /[0-9a-f]{8}-[0-9a-f-]{27}/g;

it('B15: what is undefined is as if it were left out', async () => {
  expect(await journey(true)).toEqual(await journey(false));
});
