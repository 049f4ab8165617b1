// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { mockSession } from '../support/mock-session.ts';

it('logs in, streams and aborts in jsdom, whose signals differ from those of Node.js', async () => {
  expect(navigator.userAgent).toContain('jsdom');
  const { server, client } = await mockSession({ baseUrl: `${location.origin}/api` });
  server.expireSessions();
  server.reply('Hello', ' Ada!');
  expect(await client.messages.stream({ content: 'canary' }).text()).toBe('Hello Ada!');
  server.fault('getCurrentUser', { delayMs: 10_000 });
  const aborting = new AbortController();
  const me = client.users.me({ signal: aborting.signal });
  aborting.abort('canary');
  await expect(me).rejects.toBe('canary');
});
