// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { ada } from '../support/mock-session.ts';

it('a test in jsdom, whose signals are not those of Node, logs in, streams and aborts', async () => {
  expect(navigator.userAgent).toContain('jsdom');
  const { server, client } = await ada({ baseUrl: `${location.origin}/api` });
  server.expireSessions();
  server.reply('Hello', ' Ada!');
  expect(await client.messages.stream({ content: 'canary' }).text()).toBe('Hello Ada!');
  server.fault('getCurrentUser', { delayMs: 10_000 });
  const aborting = new AbortController();
  const me = client.users.me({ signal: aborting.signal });
  aborting.abort('canary');
  await expect(me).rejects.toBe('canary');
});
