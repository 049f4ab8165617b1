import { Problem } from '@async-chatbot/shared/problem';
import { describe, expect, it } from 'vitest';
import type { Bot } from '../../src/ports/bot.ts';
import { deltasOf, never, turnOf } from '../support/bot-turns.ts';

const REASON = new Error('enough');

type Exchange = Record<'content' | 'reply', string>;

/** A bot that is sent these messages in this order, and replies to each in several deltas. */
export interface BotFixture {
  bot: Bot;
  exchanges: readonly [Exchange, Exchange];
  /** What it requests and reports in each turn; only the last report of tokens. */
  reports: Pick<ReturnType<typeof turnOf>, 'limits' | 'tokens' | 'finishes'>;
}

export interface BotFixtures {
  open(): Promise<BotFixture>;
  /** A bot that emits a delta, and then nothing for a long time. */
  openStalling(): Promise<Bot>;
  /** A bot that emits a delta and fails, and what it throws; omitted if it cannot fail. */
  openFailing?(): Promise<{ bot: Bot; error: object }>;
}

/** What every adapter of the port `Bot` must do. */
export function describeBot(name: string, { open, openStalling, openFailing }: BotFixtures): void {
  describe(`${name}: bot`, () => {
    it('replies in deltas of whole characters, which add up to `instantReply` if it has one', async () => {
      const { bot, exchanges } = await open();
      for (const { content, reply } of exchanges) {
        const deltas = await deltasOf(bot(turnOf(content), never));
        expect(deltas.length).toBeGreaterThan(1);
        for (const delta of deltas) expect(delta).toMatch(/^\P{Surrogate}+$/u);
        expect(deltas.join('')).toBe(reply);
        if (bot.instantReply) expect(bot.instantReply(content)).toBe(reply);
      }
    });

    it('separates concurrent turns, and requests the history of each with a limit', async () => {
      const { bot, exchanges, reports } = await open();
      const turns = exchanges.map(({ content }) => turnOf(content));
      const replies = await Promise.all(turns.map((turn) => deltasOf(bot(turn, never))));
      expect(replies.map((deltas) => deltas.join(''))).toEqual(exchanges.map(({ reply }) => reply));
      for (const turn of turns) expect(turn).toMatchObject(reports);
      for (const limit of reports.limits) expect(limit).toBeGreaterThan(0);
    });

    it('emits nothing and throws the reason if aborted before it starts', async () => {
      const { bot, exchanges } = await open();
      await expectEnd(bot(turnOf(exchanges[0].content), AbortSignal.abort(REASON))[Symbol.asyncIterator]());
    });

    it('emits nothing more and throws the reason if aborted after any delta', async () => {
      const { bot, exchanges } = await open();
      const { length } = await deltasOf(bot(turnOf(exchanges[0].content), never));
      for (let emitted = 1; emitted <= length; emitted += 1) {
        const aborting = new AbortController();
        const deltas = (await open()).bot(turnOf(exchanges[0].content), aborting.signal)[Symbol.asyncIterator]();
        for (let count = 0; count < emitted; count += 1) expect(await deltas.next()).toMatchObject({ done: false });
        aborting.abort(REASON);
        await expectEnd(deltas);
      }
    });

    it('throws the reason at once if aborted while a delta is awaited', async () => {
      const aborting = new AbortController();
      const deltas = (await openStalling())(turnOf('hello'), aborting.signal)[Symbol.asyncIterator]();
      expect(await deltas.next()).toMatchObject({ done: false });
      const ended = expectEnd(deltas);
      const abortedAt = performance.now();
      aborting.abort(REASON);
      await ended;
      expect(performance.now() - abortedAt).toBeLessThan(500);
    });

    it('rethrows an error of the store', async () => {
      const { bot, exchanges, reports } = await open();
      const problem = new Problem('service-unavailable');
      const turn = { ...turnOf(exchanges[0].content), history: () => Promise.reject(problem) };
      const thrown = await deltasOf(bot(turn, never)).then(() => undefined, Object);
      expect(thrown).toBe(reports.limits.length > 0 ? problem : undefined);
    });

    if (openFailing)
      it('throws an error after the deltas so far', async () => {
        const { bot, error } = await openFailing();
        const deltas = bot(turnOf('hello'), never)[Symbol.asyncIterator]();
        expect(await deltas.next()).toMatchObject({ done: false });
        await expect(deltas.next()).rejects.toMatchObject(error);
      });
  });
}

async function expectEnd(deltas: AsyncIterator<string>): Promise<void> {
  await expect(deltas.next()).rejects.toBe(REASON);
  expect(await deltas.next()).toEqual({ done: true, value: undefined });
}
