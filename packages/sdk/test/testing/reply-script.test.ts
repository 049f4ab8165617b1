import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ReplyEvent } from '../../src/index.ts';
import { mockSession } from '../support/mock-session.ts';

const MESSAGE = { content: 'canary' };

async function typesOf(stream: AsyncIterable<ReplyEvent>): Promise<string[]> {
  const types: string[] = [];
  for await (const event of stream) types.push('delta' in event ? event.delta : event.type);
  return types;
}

describe('a scripted reply', () => {
  it('is streamed delta by delta', async () => {
    const { server, client } = await mockSession();
    server.reply('Hello', ' ', 'Ada 👋🏽');
    expect(await typesOf(client.messages.stream(MESSAGE))).toEqual([
      'message-created',
      'reply-started',
      'Hello',
      ' ',
      'Ada 👋🏽',
      'reply-completed',
    ]);
  });

  it('applies to one message', async () => {
    const { server, client } = await mockSession();
    server.reply('one');
    server.reply('two');
    const contents = [];
    for (let count = 0; count < 3; count += 1)
      contents.push((await client.messages.send(MESSAGE)).bot_response.content);
    expect(contents).toEqual(['one', 'two', 'Hello! How can I help you today?']);
  });

  it('ends with the finish reason of the script, even if it is empty', async () => {
    const { server, client } = await mockSession();
    server.reply({ deltas: ['Half a'], finishReason: 'length' });
    server.reply({ deltas: [], finishReason: 'content-filter' });
    const [cut, filtered] = [await client.messages.send(MESSAGE), await client.messages.send(MESSAGE)];
    expect(cut.bot_response).toMatchObject({ content: 'Half a', status: 'completed', finish_reason: 'length' });
    expect(filtered.bot_response).toMatchObject({ content: '', status: 'completed', finish_reason: 'content-filter' });
  });

  it('fails with the problem of the script, streamed or not', async () => {
    const { server, client } = await mockSession();
    for (let count = 0; count < 2; count += 1)
      server.reply({ deltas: [], end: 'failed', problem: 'bot-misconfigured' });
    const misconfigured = { code: 'bot-misconfigured', status: 502 };
    await expect(client.messages.send(MESSAGE)).rejects.toMatchObject(misconfigured);
    await expect(client.messages.stream(MESSAGE).text()).rejects.toMatchObject(misconfigured);
    expect(server.requests.filter(({ operationId }) => operationId === 'sendMessage')).toHaveLength(2);
  });

  it('that takes longer than 50 s gets a 202 and is resumed to its end', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { server, client } = await mockSession();
    server.reply({ deltas: ['one', 'two'], delayMs: 30_000 });
    const sent = client.messages.send(MESSAGE).withResponse();
    await vi.advanceTimersByTimeAsync(95_000);
    const { data, response } = await sent;
    expect([response.status, data.bot_response.content, data.bot_response.status]).toEqual([
      202,
      'onetwo',
      'completed',
    ]);
    expect(server.requests.at(-1)?.operationId).toBe('resumeReply');
  });

  it('is delayed between the deltas', async () => {
    const { server, client } = await mockSession();
    server.reply({ deltas: ['one', 'two'], delayMs: 20 });
    const startedAt = performance.now();
    await client.messages.send(MESSAGE);
    // Before each delta and before the end. Timers may fire slightly early.
    expect(performance.now() - startedAt).toBeGreaterThan(3 * 20 - 5);
  });

  it('that fails is stored with the text so far', async () => {
    const { server, client } = await mockSession();
    server.reply({ deltas: ['Hel'], end: 'failed' });
    await expect(client.messages.send(MESSAGE, { maxRetries: 0 })).rejects.toMatchObject({ code: 'bot-unavailable' });
    const { messages } = await client.messages.list();
    expect(messages[0]).toMatchObject({ content: 'Hel', status: 'failed' });
  });

  it('that is interrupted is completed by a repeat with the same key', async () => {
    const { server, client } = await mockSession();
    server.reply({ deltas: ['Hel'], end: 'interrupted' });
    server.reply('Hello', ' again');
    expect(await client.messages.stream(MESSAGE).text()).toBe('Hello again');
    const keys = server.requests
      .filter(({ operationId }) => operationId === 'sendMessage')
      .map(({ headers }) => headers['idempotency-key']);
    expect(keys).toEqual([keys[0], keys[0]]);
    expect((await client.messages.list()).messages).toHaveLength(2);
  });

  it('with `never` ends only when it is cancelled', async () => {
    const { server, client } = await mockSession();
    server.reply({ deltas: ['Hello'], end: 'never' });
    const stream = client.messages.stream(MESSAGE);
    const types: string[] = [];
    for await (const event of stream) {
      types.push(event.type);
      if (event.type === 'reply-delta') expect(await stream.cancel()).toMatchObject({ status: 'cancelled' });
    }
    expect(types.at(-1)).toBe('reply-cancelled');
  });

  it('is paused once, and resumed to its end', async () => {
    const { server, client } = await mockSession();
    server.reply({ deltas: ['one', ' two', ' three'], pauseAfterDeltas: 1 });
    expect(await client.messages.stream(MESSAGE).text()).toBe('one two three');
    const [, , resumed] = server.requests;
    expect(resumed).toMatchObject({ operationId: 'resumeReply', headers: { 'last-event-id': '1-3' } });
  });

  it('has an end that can be passed to `resume`', async () => {
    const { server, client } = await mockSession();
    server.reply('one', ' two');
    const { bot_response } = await client.messages.send(MESSAGE);
    const path = { id_message: bot_response.id_message };
    const ids: (string | undefined)[] = [];
    for await (const { id } of await client.request('resumeReply', { path })) ids.push(id);
    expect(ids.at(-1)).toBe('1-end');

    const after = client.request('resumeReply', { path, header: { 'Last-Event-ID': '1-end' } });
    expect((await after.withResponse()).response.status).toBe(204);
    expect(await client.messages.resume(bot_response.id_message, { lastEventId: '1-end' }).text()).toBe('one two');
  });

  it('is cut once, and resumed to its end', async () => {
    const { server, client } = await mockSession();
    server.reply({ deltas: ['one', ' two', ' three'], cutAfterDeltas: 2 });
    expect(await typesOf(client.messages.stream(MESSAGE))).toEqual([
      'message-created',
      'reply-started',
      'one',
      ' two',
      ' three',
      'reply-completed',
    ]);
    expect(server.requests.at(-1)).toMatchObject({ operationId: 'resumeReply', headers: { 'last-event-id': '1-7' } });
  });

  it('continues after its reader detaches', async () => {
    const { server, client } = await mockSession();
    server.reply({ deltas: ['one', ' two'], delayMs: 5 });
    let id = '';
    for await (const event of client.messages.stream(MESSAGE)) {
      if (event.type === 'reply-started') id = event.bot_response.id_message;
      if (event.type === 'reply-delta') break;
    }
    expect(await client.messages.resume(id).text()).toBe('one two');
  });
});
