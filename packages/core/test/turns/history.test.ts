import { deferred } from '@async-chatbot/shared/deferred';
import { expect, it } from 'vitest';
import type { Bot, PastTurn } from '../../src/ports/bot.ts';
import { memoryTurns } from '../support/memory-turns.ts';
import { newUser } from '../support/messages.ts';

const never = new AbortController().signal;

/** A bot that requests two messages of history, and the last history that it got. */
function readingBot(historyMessages?: number) {
  let past: PastTurn[] = [];
  const bot: Bot = async function* (turn) {
    past = await turn.history(2);
    yield `canary reply to ${turn.content}`;
  };
  return { bot: Object.assign(bot, historyMessages !== undefined && { historyMessages }), past: () => past };
}

it.each([
  ['asks for', undefined],
  ['is known to read', 2],
  ['asks for, although it is known to read another number of,', 4],
])('a bot gets the earlier messages that it %s', async (_words, historyMessages) => {
  const { bot, past } = readingBot(historyMessages);
  const { turns } = memoryTurns(bot, { oneReplyAtATime: true });
  const conversation = { userId: newUser() };
  const exchanges = [];
  for (const content of ['canary 1', 'canary 2', 'canary 3']) {
    const reply = await turns.send(conversation, { content, isStreamed: false });
    exchanges.push((await reply.exchange(never)).exchange);
  }
  expect(past()).toEqual([{ content: 'canary 2', reply: 'canary reply to canary 2' }]);
  const first = await turns.regenerate(conversation, `${exchanges[1]?.bot_response.id_message}`, { isStreamed: false });
  await first?.exchange(never);
  expect(past()).toEqual([{ content: 'canary 1', reply: 'canary reply to canary 1' }]);
});

it('the history that a bot requests is read while the turn is stored', async () => {
  const { bot } = readingBot(2);
  const listed = deferred<void>();
  const { turns, messages } = memoryTurns(bot, {
    overrides: ({ create }) => ({
      async create(...args) {
        await listed.promise;
        await create(...args);
      },
    }),
  });
  const { list } = messages;
  messages.list = (...args) => {
    listed.resolve();
    return list(...args);
  };
  const reply = await turns.send({ userId: newUser() }, { content: 'canary', isStreamed: false });
  expect((await reply.exchange(never)).hasEnded).toBe(true);
});

it('a history that cannot be read fails the reply, not the process', async () => {
  const { bot } = readingBot(2);
  const { turns, messages } = memoryTurns(bot);
  messages.list = async () => {
    throw new Error('canary: DynamoDB is unavailable');
  };
  const reply = await turns.send({ userId: newUser() }, { content: 'canary', isStreamed: false });
  await expect(reply.exchange(never)).rejects.toMatchObject({ code: 'bot-unavailable' });
});
