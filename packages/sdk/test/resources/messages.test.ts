import { expect, test } from 'vitest';
import { createClient } from '../../src/index.ts';
import { fixtureServer, problem } from '../support/fixture-server.ts';

const id = '01935a7d-0c01-7c55-9a02-6b1f0e9d8c7b';
const id_conversation = '01935a7c-ffee-7b1c-8f0a-3c2d1e0f9a8b';
const draft = { content: 'canary' };
const RETRY_NOW = { 'retry-after': '0' };

test('every method accepts id_conversation', async () => {
  const server = await fixtureServer();
  const { messages } = createClient({ baseUrl: server.url, maxRetries: 0 });
  const of = { id_conversation };
  await Promise.allSettled([
    messages.list({ id_conversation }),
    messages.send(draft, of),
    messages.stream(draft, of).text(),
    messages.get(id, of),
    messages.edit(id, draft, of),
    messages.delete(id, of),
    messages.regenerate(id, of),
    messages.regenerateStream(id, of).text(),
    messages.resume(id, of).text(),
    messages.cancel(id, of),
    messages.rate(id, { rating: 'up' }, of),
  ]);
  expect(server.requests).toHaveLength(Object.keys(messages).length);
  for (const { line } of server.requests) expect(line).toMatch(new RegExp(`\\?id_conversation=${id_conversation}$`));
});

test('changes accept ifMatch, and sends an idempotencyKey, streamed or not', async () => {
  const server = await fixtureServer();
  const { messages } = createClient({ baseUrl: server.url, maxRetries: 0 });
  await messages.edit(id, draft, { ifMatch: '"1"' });
  await messages.delete(id, { ifMatch: '"2"' });
  await messages.edit(id, draft);
  await messages.send(draft, { idempotencyKey: 'canary-1' });
  await messages
    .stream(draft, { idempotencyKey: 'canary-2' })
    .text()
    .catch(() => undefined);
  const header = (name: string) => server.requests.map(({ headers }) => headers[name]);
  expect(header('if-match')).toEqual(['"1"', '"2"', undefined, undefined, undefined]);
  expect(header('idempotency-key')).toEqual([undefined, undefined, undefined, 'canary-1', 'canary-2']);
});

test('maxRetries applies to each call', async () => {
  const server = await fixtureServer(problem('service-unavailable', 503, RETRY_NOW));
  const { messages } = createClient({ baseUrl: server.url });
  const [once, twice] = [{ maxRetries: 0 }, { maxRetries: 1 }];
  await Promise.allSettled([messages.get(id, once), messages.send(draft, once)]);
  expect(server.requests).toHaveLength(2);
  await Promise.allSettled([messages.get(id, twice), messages.send(draft, twice), messages.resume(id, twice).text()]);
  expect(server.requests).toHaveLength(8);
});
