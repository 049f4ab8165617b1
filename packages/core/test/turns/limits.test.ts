import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { memoryTurns } from '../support/memory-turns.ts';
import { newUser } from '../support/messages.ts';
import { scriptedBot } from '../support/scripted-bot.ts';
import { subscribe } from '../support/subscriber.ts';

const DRAFT = { content: 'canary', isStreamed: true };
const newConversation = () => ({ userId: newUser() });
const never = new AbortController().signal;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

it('a stream pauses after its maximum duration, and can be resumed without a gap', async () => {
  const { bot, nth } = scriptedBot();
  const { turns } = memoryTurns(bot, { timings: { streamMs: 1000 } });
  const reply = await turns.send(newConversation(), DRAFT);
  const paused = subscribe(reply);
  const generated = await nth(1);
  await generated.emit('One, ');
  await paused.hasText('One, ');
  await vi.advanceTimersByTimeAsync(1000);
  await paused.ended;
  const { id_message } = reply.user_message;
  const last = { retryMs: expect.any(Number), event: { type: 'stream-paused', id_message } };
  expect(paused.events.at(-1)).toEqual({ ...last, event: { ...last.event, id_message: expect.any(String) } });
  const resumed = subscribe(reply, { after: paused.events.at(-2)?.id ?? '' });
  await generated.emit('two');
  await generated.end();
  await resumed.ended;
  expect(paused.text() + resumed.text()).toBe('One, two');
  expect(resumed.types().at(-1)).toBe('reply-completed');
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(0));
});

it('a JSON response stops waiting after its limit, and returns both messages as they are', async () => {
  const { bot, nth } = scriptedBot();
  const { turns } = memoryTurns(bot, { timings: { jsonMs: 1000 } });
  const conversation = newConversation();
  const reply = await turns.send(conversation, { ...DRAFT, isStreamed: false });
  const generated = await nth(1);
  await generated.emit('One');
  const exchange = reply.exchange(never);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await exchange).toEqual({
    hasEnded: false,
    exchange: {
      user_message: reply.user_message,
      bot_response: expect.objectContaining({ content: 'One', status: 'streaming' }),
    },
  });
  const second = reply.exchange(never);
  await generated.end();
  expect(await second).toMatchObject({ hasEnded: true, exchange: { bot_response: { content: 'One', version: 2 } } });
  expect(vi.getTimerCount()).toBe(0);
});

it('a shutdown pauses streams, and interrupts generations that take longer', async () => {
  const { bot, nth } = scriptedBot();
  const { turns, messages } = memoryTurns(bot);
  const conversation = newConversation();
  const reply = await turns.send(conversation, DRAFT);
  const subscriber = subscribe(reply);
  const generated = await nth(1);
  await generated.emit('One');
  await subscriber.hasText('One');
  let isClosed = false;
  const closed = turns.close(1000).then(() => (isClosed = true));
  await subscriber.ended;
  expect(subscriber.types().at(-1)).toBe('stream-paused');
  await vi.advanceTimersByTimeAsync(999);
  expect(isClosed).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await closed;
  const { messages: stored } = await messages.list(conversation, { limit: 1 });
  expect(stored).toMatchObject([{ content: 'One', status: 'interrupted' }]);
  expect(vi.getTimerCount()).toBe(0);
});

it('a shutdown waits for generations that end in time', async () => {
  const { bot, nth } = scriptedBot();
  const { turns, messages } = memoryTurns(bot);
  const conversation = newConversation();
  await turns.send(conversation, DRAFT);
  const generated = await nth(1);
  const closed = turns.close(1000);
  await generated.emit('One');
  await generated.end();
  await closed;
  const { messages: stored } = await messages.list(conversation, { limit: 1 });
  expect(stored).toMatchObject([{ content: 'One', status: 'completed' }]);
  expect(vi.getTimerCount()).toBe(0);
});

it('a stream that pauses while the chunks of an interrupted reply are loaded does not end it', async () => {
  const { bot, nth } = scriptedBot();
  const here = memoryTurns(bot);
  const conversation = newConversation();
  const { user_message } = await here.turns.send(conversation, DRAFT);
  await (await nth(1)).emit('One');
  const closed = here.turns.close(0);
  await vi.advanceTimersByTimeAsync(0);
  await closed;
  let isStuck = true;
  const overrides: Parameters<typeof memoryTurns>[1] = {
    table: here.table,
    timings: { streamMs: 1000 },
    overrides: ({ chunksSince }) => ({
      chunksSince: (...chunk) => (isStuck ? new Promise<never>(() => undefined) : chunksSince(...chunk)),
    }),
  };
  const found = await memoryTurns(bot, overrides).turns.find(conversation, user_message.id_message);
  if (!found) throw new Error('The turn was not found');
  const paused = subscribe(found);
  await vi.advanceTimersByTimeAsync(1000);
  await paused.ended;
  expect(paused.types()).toEqual(['stream-paused']);
  isStuck = false;
  const resumed = subscribe(found);
  await resumed.ended;
  expect(resumed.types().at(-1)).toBe('reply-interrupted');
});
