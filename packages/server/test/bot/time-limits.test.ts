import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot } from '@async-chatbot/core/ports/bot';
import { expect, it } from 'vitest';
import { deltasOf, never, turnOf } from '../../../core/test/support/bot-turns.ts';
import { withLimits } from '../../src/bot/time-limits.ts';

const LONG = { firstPartMs: 10_000, idleMs: 10_000, totalMs: 10_000, codePoints: 1000 };

/** A bot that says these pieces and then holds its tongue, deaf to every signal, or does what it is given to do. */
function botThatSays(pieces: string[], then: () => Promise<unknown> = () => new Promise(() => undefined)) {
  const heard: { signal?: AbortSignal } = {};
  const bot: Bot = async function* (_turn, signal) {
    heard.signal = signal;
    yield* pieces;
    await then();
  };
  return { bot, heard };
}

const done = async () => undefined;

/** All that is said until the end, and the error that ends it. */
async function heardOf(answer: AsyncIterable<string>) {
  const pieces: string[] = [];
  try {
    for await (const piece of answer) pieces.push(piece);
    return { pieces };
  } catch (error) {
    return { pieces, error };
  }
}

it.each([
  ['first part', [], { firstPartMs: 30 }],
  ['idle', ['Well'], { idleMs: 30 }],
  ['total', ['Well'], { totalMs: 30 }],
])('a bot is aborted when its %s is late, without waiting for it', async (code, said, limits) => {
  const { bot, heard } = botThatSays(said);
  const { pieces, error } = await heardOf(withLimits(bot, { ...LONG, ...limits })(turnOf('canary'), never));
  expect(pieces).toEqual(said);
  expect(error).toMatchObject({ name: 'BotTimeoutError', code });
  expect(heard.signal?.reason).toBe(error);
});

it('a reply is late even if each of its deltas is in time', async () => {
  const bot: Bot = async function* () {
    for (;;) {
      await sleep(10);
      yield 'la';
    }
  };
  const { pieces, error } = await heardOf(withLimits(bot, { ...LONG, totalMs: 200 })(turnOf('canary'), never));
  expect(pieces.length).toBeGreaterThan(1);
  expect(error).toMatchObject({ code: 'total' });
});

it('the consumer’s time does not count', async () => {
  const { bot } = botThatSays(['Well', 'then'], done);
  const pieces: string[] = [];
  for await (const piece of withLimits(bot, { ...LONG, idleMs: 30 })(turnOf('canary'), never)) {
    pieces.push(piece);
    await sleep(80);
  }
  expect(pieces).toEqual(['Well', 'then']);
});

it.each([
  ['a\u{1f600}\u{1f600}\u{1f600}', ['a\u{1f600}\u{1f600}']],
  ['abcd', ['abc']],
])('“%s” is truncated after three whole code points, and the bot aborted', async (text, pieces) => {
  const { bot, heard } = botThatSays([text]);
  expect(await heardOf(withLimits(bot, { ...LONG, codePoints: 3 })(turnOf('canary'), never))).toEqual({ pieces });
  expect(heard.signal?.aborted).toBe(true);
});

it('the code points of all deltas are added up', async () => {
  const { bot } = botThatSays(['ab', 'cd', 'ef']);
  const answer = withLimits(bot, { ...LONG, codePoints: 3 })(turnOf('canary'), never);
  expect(await deltasOf(answer)).toEqual(['ab', 'c']);
});

it('a bot that is in time is not aborted, and leaves no timers', async () => {
  const clocks = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = clocks();
  const { bot } = botThatSays(['Well', 'then'], done);
  expect(await deltasOf(withLimits(bot, LONG)(turnOf('canary'), never))).toEqual(['Well', 'then']);
  expect(clocks()).toBe(before);
});

it('an error of the bot is rethrown', async () => {
  const reason = new Error('no');
  const { bot } = botThatSays(['Well'], () => Promise.reject(reason));
  expect(await heardOf(withLimits(bot, LONG)(turnOf('canary'), never))).toEqual({ pieces: ['Well'], error: reason });
});

it('a bot that ignores its signal is aborted with the signal’s reason', async () => {
  const { bot, heard } = botThatSays(['Well']);
  const aborting = new AbortController();
  const answer = heardOf(withLimits(bot, LONG)(turnOf('canary'), aborting.signal));
  await sleep(20);
  const reason = new Error('enough');
  aborting.abort(reason);
  expect(await answer).toEqual({ pieces: ['Well'], error: reason });
  expect(heard.signal?.reason).toBe(reason);
});

it('a delta that is already there is not emitted after the abort', async () => {
  const next = () => Promise.resolve({ value: 'la' });
  const bot: Bot = () => ({ [Symbol.asyncIterator]: () => ({ next }) });
  const aborting = new AbortController();
  const answer = withLimits(bot, LONG)(turnOf('canary'), aborting.signal)[Symbol.asyncIterator]();
  await answer.next();
  const reason = new Error('enough');
  aborting.abort(reason);
  await expect(answer.next()).rejects.toBe(reason);
});

it('the bot is not called if the signal is aborted', async () => {
  const { bot, heard } = botThatSays(['Well'], done);
  const answer = withLimits(bot, LONG)(turnOf('canary'), AbortSignal.abort(new Error('enough')));
  await expect(deltasOf(answer)).rejects.toThrow('enough');
  expect(heard.signal).toBeUndefined();
});

it('a bot that ignores its signal is aborted when the consumer leaves, without waiting for it', async () => {
  const { bot, heard } = botThatSays(['Well']);
  const answer = withLimits(bot, LONG)(turnOf('canary'), never)[Symbol.asyncIterator]();
  await answer.next();
  const next = expect(answer.next()).rejects.toThrow();
  await answer.return?.();
  expect(heard.signal?.aborted).toBe(true);
  await next;
});
