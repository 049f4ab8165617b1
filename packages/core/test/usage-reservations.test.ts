import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DAY_MS, NOON, type Place, QUOTA, refusalOf, reserved, usageAt } from './support/usage.ts';

/** What becomes of a reservation, and of a day. */
export function describeReservations(title: string, place: () => Place) {
  describe(`${title}, for one answer`, () => {
    it('counts the tokens that the answer took, be they fewer or more', async () => {
      const usage = usageAt(place());
      const userId = randomUUID();
      for (const tokens of [0, 1, 70, 100, 230]) await (await reserved(usage, userId)).settle(tokens);
      expect(await usage.today(userId)).toMatchObject({
        messages: { used: 5, left: 5 },
        tokens: { used: 401, left: 599 },
      });
    });

    it('counts exactly where fifty answers end at once', async () => {
      const quota = { messagesPerDay: 50, tokensPerDay: 5000, reserveTokens: 100 };
      const [one, other] = [usageAt(place(), quota), usageAt(place(), quota)];
      const userId = randomUUID();
      const answer = async (_: unknown, tokens: number) =>
        (await reserved(tokens % 2 ? one : other, userId)).settle(tokens);
      await Promise.all(Array.from({ length: 50 }, answer));
      // 0 + 1 + … + 49.
      expect(await one.today(userId)).toMatchObject({ messages: { left: 0 }, tokens: { used: 1225, left: 3775 } });
    });

    it('keeps what was reserved when nobody counted', async () => {
      const usage = usageAt(place());
      const userId = randomUUID();
      await (await reserved(usage, userId)).settle(undefined);
      expect((await usage.today(userId)).tokens).toStrictEqual({ limit: 1000, used: 100, left: 900 });
    });

    it('has nothing left, and not less, after an answer that took more than there was', async () => {
      const usage = usageAt(place());
      const userId = randomUUID();
      await (await reserved(usage, userId)).settle(1500);
      expect((await usage.today(userId)).tokens).toStrictEqual({ limit: 1000, used: 1500, left: 0 });
      expect((await refusalOf(usage.reserve(userId)))?.headers).toMatchObject({
        RateLimit: '"messages";r=9;t=43200, "tokens";r=0;t=43200',
      });
    });

    it('has room again for what an answer did not take', async () => {
      const usage = usageAt(place(), { tokensPerDay: 100, reserveTokens: 100 });
      const userId = randomUUID();
      const { settle } = await reserved(usage, userId);
      expect(await refusalOf(usage.reserve(userId))).toBeDefined();
      await settle(0);
      expect(await refusalOf(usage.reserve(userId))).toBeUndefined();
    });

    it('gives everything back if the bot was not asked', async () => {
      const usage = usageAt(place(), { messagesPerDay: 1, tokensPerDay: 100, reserveTokens: 100 });
      const userId = randomUUID();
      const { cancel } = await reserved(usage, userId);
      expect(await refusalOf(usage.reserve(userId))).toBeDefined();
      await cancel();
      expect(await usage.today(userId)).toMatchObject({
        messages: { limit: 1, used: 0, left: 1 },
        tokens: { limit: 100, used: 0, left: 100 },
      });
      expect(await refusalOf(usage.reserve(userId))).toBeUndefined();
    });
  });

  describe(`${title}, as time goes by`, () => {
    it('has everything again at midnight UTC, and not before', async () => {
      let nowMs = NOON;
      const usage = usageAt(place(), { ...QUOTA, messagesPerDay: 1 }, () => nowMs);
      const userId = randomUUID();
      await reserved(usage, userId);
      nowMs = NOON + DAY_MS / 2 - 1;
      expect((await refusalOf(usage.reserve(userId)))?.headers).toMatchObject({
        RateLimit: '"messages";r=0;t=1, "tokens";r=900;t=1',
        'Retry-After': '1',
      });
      nowMs += 1;
      expect(await usage.today(userId)).toMatchObject({
        day: '2026-01-03',
        resets_at: '2026-01-04T00:00:00.000Z',
        messages: { used: 0 },
        tokens: { used: 0 },
      });
      expect((await reserved(usage, userId)).left).toMatchObject([
        { left: 0, resetSeconds: 86_400 },
        { left: 900, resetSeconds: 86_400 },
      ]);
    });

    it('counts an answer on the day on which it was asked for', async () => {
      let nowMs = NOON;
      const usage = usageAt(place(), QUOTA, () => nowMs);
      const userId = randomUUID();
      const [settled, cancelled] = [await reserved(usage, userId), await reserved(usage, userId)];
      nowMs += DAY_MS;
      await reserved(usage, userId);
      await settled.settle(70);
      await cancelled.cancel();
      expect(await usage.today(userId)).toMatchObject({ messages: { used: 1 }, tokens: { used: 100 } });
      nowMs -= DAY_MS;
      expect(await usage.today(userId)).toMatchObject({ messages: { used: 1 }, tokens: { used: 70 } });
    });
  });
}
