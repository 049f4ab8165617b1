import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot } from '@async-chatbot/core/ports/bot';
import { expect, it } from 'vitest';
import { deltasOf, never, turnOf } from '../../../core/test/support/bot-turns.ts';
import { withLimits } from '../../src/bot/time-limits.ts';

const LONG = { firstPartMs: 10_000, idleMs: 10_000, totalMs: 10_000, codePoints: 1000 };

/** A bot that emits these deltas and then calls `then`, or stalls and ignores its signal. */
function botThatEmits(deltas: string[], then: () => Promise<unknown> = () => new Promise(() => undefined)) {
  const received: { signal?: AbortSignal } = {};
  const bot: Bot = async function* (_turn, signal) {
    received.signal = signal;
    yield* deltas;
    await then();
  };
  return { bot, received };
}

const done = async () => undefined;

/** The deltas of a reply, and the error that ends it. */
async function resultOf(reply: AsyncIterable<string>) {
  const deltas: string[] = [];
  try {
    for await (const delta of reply) deltas.push(delta);
    return { deltas };
  } catch (error) {
    return { deltas, error };
  }
}

it.each([
  ['first part', [], { firstPartMs: 30 }],
  ['idle', ['Well'], { idleMs: 30 }],
  ['total', ['Well'], { totalMs: 30 }],
])('a bot is aborted at its %s time limit, without waiting for it', async (code, emitted, limits) => {
  const { bot, received } = botThatEmits(emitted);
  const { deltas, error } = await resultOf(withLimits(bot, { ...LONG, ...limits })(turnOf('canary'), never));
  expect(deltas).toEqual(emitted);
  expect(error).toMatchObject({ name: 'BotTimeoutError', code });
  expect(received.signal?.reason).toBe(error);
});

it('the total time limit applies even if each delta is in time', async () => {
  const bot: Bot = async function* () {
    for (;;) {
      await sleep(10);
      yield 'la';
    }
  };
  const { deltas, error } = await resultOf(withLimits(bot, { ...LONG, totalMs: 200 })(turnOf('canary'), never));
  expect(deltas.length).toBeGreaterThan(1);
  expect(error).toMatchObject({ code: 'total' });
});

it('the consumer’s time does not count', async () => {
  const { bot } = botThatEmits(['Well', 'then'], done);
  const deltas: string[] = [];
  for await (const delta of withLimits(bot, { ...LONG, idleMs: 30 })(turnOf('canary'), never)) {
    deltas.push(delta);
    await sleep(80);
  }
  expect(deltas).toEqual(['Well', 'then']);
});

it.each([
  ['a\u{1f600}\u{1f600}\u{1f600}', ['a\u{1f600}\u{1f600}']],
  ['abcd', ['abc']],
])('“%s” is truncated after three whole code points, and the bot aborted', async (text, deltas) => {
  const { bot, received } = botThatEmits([text]);
  expect(await resultOf(withLimits(bot, { ...LONG, codePoints: 3 })(turnOf('canary'), never))).toEqual({ deltas });
  expect(received.signal?.aborted).toBe(true);
});

it('the code points of all deltas are added up', async () => {
  const { bot } = botThatEmits(['ab', 'cd', 'ef']);
  const reply = withLimits(bot, { ...LONG, codePoints: 3 })(turnOf('canary'), never);
  expect(await deltasOf(reply)).toEqual(['ab', 'c']);
});

it('a bot that is in time is not aborted, and leaves no timers', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const { bot } = botThatEmits(['Well', 'then'], done);
  expect(await deltasOf(withLimits(bot, LONG)(turnOf('canary'), never))).toEqual(['Well', 'then']);
  expect(timers()).toBe(before);
});

it('an error of the bot is rethrown', async () => {
  const reason = new Error('no');
  const { bot } = botThatEmits(['Well'], () => Promise.reject(reason));
  expect(await resultOf(withLimits(bot, LONG)(turnOf('canary'), never))).toEqual({ deltas: ['Well'], error: reason });
});

it('a bot that ignores its signal is aborted with the signal’s reason', async () => {
  const { bot, received } = botThatEmits(['Well']);
  const aborting = new AbortController();
  const reply = resultOf(withLimits(bot, LONG)(turnOf('canary'), aborting.signal));
  await sleep(20);
  const reason = new Error('enough');
  aborting.abort(reason);
  expect(await reply).toEqual({ deltas: ['Well'], error: reason });
  expect(received.signal?.reason).toBe(reason);
});

it('a delta that has already arrived is not emitted after the abort', async () => {
  const next = () => Promise.resolve({ value: 'la' });
  const bot: Bot = () => ({ [Symbol.asyncIterator]: () => ({ next }) });
  const aborting = new AbortController();
  const reply = withLimits(bot, LONG)(turnOf('canary'), aborting.signal)[Symbol.asyncIterator]();
  await reply.next();
  const reason = new Error('enough');
  aborting.abort(reason);
  await expect(reply.next()).rejects.toBe(reason);
});

it('the bot is not called if the signal is aborted', async () => {
  const { bot, received } = botThatEmits(['Well'], done);
  const reply = withLimits(bot, LONG)(turnOf('canary'), AbortSignal.abort(new Error('enough')));
  await expect(deltasOf(reply)).rejects.toThrow('enough');
  expect(received.signal).toBeUndefined();
});

it('a bot that ignores its signal is aborted when the consumer leaves, without waiting for it', async () => {
  const { bot, received } = botThatEmits(['Well']);
  const reply = withLimits(bot, LONG)(turnOf('canary'), never)[Symbol.asyncIterator]();
  await reply.next();
  const next = expect(reply.next()).rejects.toThrow();
  await reply.return?.();
  expect(received.signal?.aborted).toBe(true);
  await next;
});
