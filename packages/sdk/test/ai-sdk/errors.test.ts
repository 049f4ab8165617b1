// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { ApiError, ConnectionError, type ProblemCode } from '../../src/index.ts';
import { conversation } from '../support/conversation.ts';
import { hooks, mountedChat } from '../support/mounted-chat.ts';

const codes: readonly ProblemCode[] = [
  'quota-exceeded',
  'too-many-requests',
  'too-many-streams',
  'reply-in-progress',
  'bot-unavailable',
  'bot-misconfigured',
  'service-unavailable',
  'message-too-long',
];

describe.each(hooks)('the error of useChat of AI SDK %i', (_, useChat) => {
  it.each(codes)('is the ApiError when the API responds with %s', async (problem) => {
    const { server, client, id } = await conversation();
    server.fault('sendMessage', { problem, retryAfterSeconds: 7 });
    const page = await mountedChat(useChat, { client, id });
    await page.chat.sendMessage({ text: 'canary' });
    const error = await page.error();
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ code: problem, retryAfterSeconds: 7, message: expect.stringMatching(/^[A-Z].*\.$/) });
    await page.is('error');
    expect(page.ends).toMatchObject([{ isError: true, isDisconnect: false }]);
    expect(page.chat.messages).toHaveLength(1);
  });

  it('is the ApiError when the bot fails mid-reply', async () => {
    const { server, client, id } = await conversation();
    server.reply({ deltas: ['Hel'], end: 'failed' });
    const page = await mountedChat(useChat, { client, id });
    await page.chat.sendMessage({ text: 'canary' });
    const error = await page.error();
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toHaveProperty('code', 'bot-unavailable');
    await page.shows('canary', 'Hel');
  });

  it('is a ConnectionError when the server that generates the reply stops', async () => {
    const { server, client, id } = await conversation();
    server.reply({ deltas: ['Hel'], end: 'interrupted' });
    const page = await mountedChat(useChat, { client, id });
    await page.chat.sendMessage({ text: 'canary' });
    expect(await page.error()).toBeInstanceOf(ConnectionError);
    expect(page.chat.messages[1]?.metadata?.status).toBe('interrupted');
  });

  it('says that the session has ended', async () => {
    const { server, client, id } = await conversation();
    server.endSessions();
    const page = await mountedChat(useChat, { client, id, resume: true });
    expect(await page.error()).toMatchObject({ code: 'session-expired' });
    page.chat.clearError();
    await page.is('ready');
    await page.chat.sendMessage({ text: 'canary' });
    expect(await page.error()).toMatchObject({ code: 'unauthenticated' });
  });

  it.each([
    ['019f0000-0000-7000-8000-000000000000', 'conversation-not-found'],
    ['default-of-the-hook', 'validation-failed'],
  ])('says that conversation %s does not exist', async (id, code) => {
    const { client } = await conversation();
    const page = await mountedChat(useChat, { client, id });
    await page.chat.sendMessage({ text: 'canary' });
    expect(await page.error()).toMatchObject({ code });
    await expect(page.transport.loadMessages(id)).rejects.toMatchObject({ code });
    await expect(page.transport.cancel(id)).rejects.toMatchObject({ code });
  });
});
