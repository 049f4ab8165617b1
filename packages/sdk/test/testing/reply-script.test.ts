import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ReplyEvent } from '../../src/index.ts';
import { ada } from '../support/mock-session.ts';

const QUESTION = { content: 'canary' };

async function typesOf(stream: AsyncIterable<ReplyEvent>): Promise<string[]> {
  const types: string[] = [];
  for await (const event of stream) types.push('delta' in event ? event.delta : event.type);
  return types;
}

describe('a scripted reply', () => {
  it('is told piece by piece', async () => {
    const { server, client } = await ada();
    server.reply('Hello', ' ', 'Ada 👋🏽');
    expect(await typesOf(client.messages.stream(QUESTION))).toEqual([
      'message-created',
      'reply-started',
      'Hello',
      ' ',
      'Ada 👋🏽',
      'reply-completed',
    ]);
  });

  it('answers one message, and the next one the next', async () => {
    const { server, client } = await ada();
    server.reply('one');
    server.reply('two');
    const said = [];
    for (let count = 0; count < 3; count += 1) said.push((await client.messages.send(QUESTION)).bot_response.content);
    expect(said).toEqual(['one', 'two', 'Hello! How can I help you today?']);
  });

  it('ends for the reason that the script gives, an empty one too', async () => {
    const { server, client } = await ada();
    server.reply({ deltas: ['Half a'], finishReason: 'length' });
    server.reply({ deltas: [], finishReason: 'content-filter' });
    const [cut, filtered] = [await client.messages.send(QUESTION), await client.messages.send(QUESTION)];
    expect(cut.bot_response).toMatchObject({ content: 'Half a', status: 'completed', finish_reason: 'length' });
    expect(filtered.bot_response).toMatchObject({ content: '', status: 'completed', finish_reason: 'content-filter' });
  });

  it('fails with the problem that the script gives, as a whole and in a stream', async () => {
    const { server, client } = await ada();
    for (let count = 0; count < 2; count += 1)
      server.reply({ deltas: [], end: 'failed', problem: 'bot-misconfigured' });
    const refused = { code: 'bot-misconfigured', status: 502 };
    await expect(client.messages.send(QUESTION)).rejects.toMatchObject(refused);
    await expect(client.messages.stream(QUESTION).text()).rejects.toMatchObject(refused);
    expect(server.requests.filter(({ operationId }) => operationId === 'sendMessage')).toHaveLength(2);
  });

  it('that takes longer than 50 s is answered 202 and followed to its end', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { server, client } = await ada();
    server.reply({ deltas: ['one', 'two'], delayMs: 30_000 });
    const sent = client.messages.send(QUESTION).withResponse();
    await vi.advanceTimersByTimeAsync(95_000);
    const { data, response } = await sent;
    expect([response.status, data.bot_response.content, data.bot_response.status]).toEqual([
      202,
      'onetwo',
      'completed',
    ]);
    expect(server.requests.at(-1)?.operationId).toBe('resumeReply');
  });

  it('takes its time between the pieces', async () => {
    const { server, client } = await ada();
    server.reply({ deltas: ['one', 'two'], delayMs: 20 });
    const startedAt = performance.now();
    await client.messages.send(QUESTION);
    // Before each piece, and before the end; timers may be a little early.
    expect(performance.now() - startedAt).toBeGreaterThan(3 * 20 - 5);
  });

  it('fails behind what it said, which is kept', async () => {
    const { server, client } = await ada();
    server.reply({ deltas: ['Hel'], end: 'failed' });
    await expect(client.messages.send(QUESTION, { maxRetries: 0 })).rejects.toMatchObject({ code: 'bot-unavailable' });
    const { messages } = await client.messages.list();
    expect(messages[0]).toMatchObject({ content: 'Hel', status: 'failed' });
  });

  it('is interrupted, and a repeat under the same key finishes it', async () => {
    const { server, client } = await ada();
    server.reply({ deltas: ['Hel'], end: 'interrupted' });
    server.reply('Hello', ' again');
    expect(await client.messages.stream(QUESTION).text()).toBe('Hello again');
    const keys = server.requests
      .filter(({ operationId }) => operationId === 'sendMessage')
      .map(({ headers }) => headers['idempotency-key']);
    expect(keys).toEqual([keys[0], keys[0]]);
    expect((await client.messages.list()).messages).toHaveLength(2);
  });

  it('never ends until it is cancelled', async () => {
    const { server, client } = await ada();
    server.reply({ deltas: ['Hello'], end: 'never' });
    const stream = client.messages.stream(QUESTION);
    const types: string[] = [];
    for await (const event of stream) {
      types.push(event.type);
      if (event.type === 'reply-delta') expect(await stream.cancel()).toMatchObject({ status: 'cancelled' });
    }
    expect(types.at(-1)).toBe('reply-cancelled');
  });

  it('is paused once, and followed to its end', async () => {
    const { server, client } = await ada();
    server.reply({ deltas: ['one', ' two', ' three'], pauseAfterDeltas: 1 });
    expect(await client.messages.stream(QUESTION).text()).toBe('one two three');
    const [, , resumed] = server.requests;
    expect(resumed).toMatchObject({ operationId: 'resumeReply', headers: { 'last-event-id': '1-3' } });
  });

  it('breaks off once, and is followed to its end', async () => {
    const { server, client } = await ada();
    server.reply({ deltas: ['one', ' two', ' three'], cutAfterDeltas: 2 });
    expect(await typesOf(client.messages.stream(QUESTION))).toEqual([
      'message-created',
      'reply-started',
      'one',
      ' two',
      ' three',
      'reply-completed',
    ]);
    expect(server.requests.at(-1)).toMatchObject({ operationId: 'resumeReply', headers: { 'last-event-id': '1-7' } });
  });

  it('goes on when its reader has left', async () => {
    const { server, client } = await ada();
    server.reply({ deltas: ['one', ' two'], delayMs: 5 });
    let id = '';
    for await (const event of client.messages.stream(QUESTION)) {
      if (event.type === 'reply-started') id = event.bot_response.id_message;
      if (event.type === 'reply-delta') break;
    }
    expect(await client.messages.resume(id).text()).toBe('one two');
  });
});
