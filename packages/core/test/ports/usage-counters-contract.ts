import { randomUUID } from 'node:crypto';
import { dayOf } from '@async-chatbot/shared/day';
import { describe, expect, it } from 'vitest';
import type { UsageCounters } from '../../src/ports/usage-counters.ts';
import { countOf } from '../support/count-of.ts';

const DAY = dayOf(new Date('2026-01-02T12:00:00Z'));
const NEXT_DAY = dayOf(new Date('2026-01-03T00:00:00Z'));
const LIMITS = { messages: 10, tokens: 1000 };
const REPLY = { messages: 1, tokens: 100 };

/** What every adapter of the port `UsageCounters` must do. `open` returns the counters that all cases share. */
export function describeUsageCounters(name: string, open: () => Promise<() => UsageCounters>): void {
  describe(`${name}: usage counters`, () => {
    it('an unused quota has no counts', async () => {
      const { messages, tokens } = await (await open())().read(randomUUID(), DAY);
      expect([messages, tokens]).toEqual([undefined, undefined]);
    });

    it('add and read return the sums of the day', async () => {
      const counters = (await open())();
      const userId = randomUUID();
      expect(await counters.add(userId, DAY, REPLY, LIMITS)).toMatchObject(REPLY);
      const sums = { messages: 2, tokens: 170 };
      expect(await counters.add(userId, DAY, { messages: 1, tokens: 70 }, LIMITS)).toMatchObject(sums);
      expect(await counters.read(userId, DAY)).toMatchObject(sums);
    });

    it('counts each user and each day separately', async () => {
      const counters = (await open())();
      const [ada, bob] = [randomUUID(), randomUUID()];
      await counters.add(ada, DAY, REPLY, LIMITS);
      for (const [userId, day] of [
        [bob, DAY],
        [ada, NEXT_DAY],
      ] as const) {
        expect((await counters.read(userId, day)).messages).toBeUndefined();
        expect(await counters.add(userId, day, { messages: 3 }, { messages: 3 })).toMatchObject({ messages: 3 });
      }
      expect(await counters.read(ada, DAY)).toMatchObject(REPLY);
    });

    it.for(['messages', 'tokens'] as const)('adds nothing if the limit of %s would be exceeded', async (name) => {
      const counters = (await open())();
      const userId = randomUUID();
      await counters.add(userId, DAY, REPLY, LIMITS);
      const limits = { ...LIMITS, [name]: 2 * REPLY[name] - 1 };
      expect(await counters.add(userId, DAY, REPLY, limits)).toBeUndefined();
      expect(await counters.read(userId, DAY)).toMatchObject(REPLY);
      const reached = { ...limits, [name]: 2 * REPLY[name] };
      expect(await counters.add(userId, DAY, REPLY, reached)).toMatchObject({ messages: 2, tokens: 200 });
    });

    it('counts only the names that are added', async () => {
      const counters = (await open())();
      const userId = randomUUID();
      await counters.add(userId, DAY, { messages: 1 }, { messages: 5 });
      expect((await counters.read(userId, DAY)).tokens).toBeUndefined();
      expect(await counters.add(userId, DAY, { tokens: 5 }, { tokens: 5 })).toMatchObject({ tokens: 5 });
      expect(await counters.read(userId, DAY)).toMatchObject({ messages: 1, tokens: 5 });
    });

    it('of fifty concurrent additions through two clients, exactly the ten within the limit succeed', async () => {
      const connect = await open();
      const [one, other] = [connect(), connect()];
      const userId = randomUUID();
      const additions = Array.from({ length: 50 }, (_, index) =>
        (index % 2 ? one : other).add(userId, DAY, REPLY, LIMITS),
      );
      expect(await countOf(additions)).toBe(10);
      expect(await one.read(userId, DAY)).toMatchObject({ messages: 10, tokens: 1000 });
    });

    it('a correction changes counts up or down, below zero and above a limit', async () => {
      const counters = (await open())();
      const userId = randomUUID();
      await counters.add(userId, DAY, REPLY, LIMITS);
      await counters.correct(userId, DAY, { tokens: 1400 });
      expect(await counters.read(userId, DAY)).toMatchObject({ messages: 1, tokens: 1500 });
      for (const _ of [1, 2]) await counters.correct(userId, DAY, { messages: -1, tokens: -1500 });
      expect(await counters.read(userId, DAY)).toMatchObject({ messages: -1, tokens: -1500 });
    });

    it('fifty concurrent corrections through two clients are all counted', async () => {
      const connect = await open();
      const [one, other] = [connect(), connect()];
      const userId = randomUUID();
      await one.add(userId, DAY, REPLY, LIMITS);
      await Promise.all(
        Array.from({ length: 50 }, (_, tokens) => (tokens % 2 ? one : other).correct(userId, DAY, { tokens })),
      );
      // 0 + 1 + … + 49.
      expect(await one.read(userId, DAY)).toMatchObject({ messages: 1, tokens: 1325 });
    });

    it('a correction of counts that do not exist does not create them', async () => {
      const counters = (await open())();
      const userId = randomUUID();
      await counters.correct(userId, DAY, { messages: -1, tokens: -100 });
      const { messages, tokens } = await counters.read(userId, DAY);
      expect([messages, tokens]).toEqual([undefined, undefined]);
    });
  });
}
