import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Place, passedOf, QUOTA, refusalOf, reserved, usageAt } from './support/usage.ts';

/** How much of a day's quotas is taken, and what is refused. */
export function describeQuotas(title: string, place: () => Place) {
  describe(title, () => {
    it.for([
      ['messages', { messagesPerDay: 10, reserveTokens: 100 }],
      ['tokens', { tokensPerDay: 1099, reserveTokens: 100 }],
      ['both', { messagesPerDay: 10, tokensPerDay: 5000, reserveTokens: 100 }],
    ] as const)('lets exactly ten of fifty at once through two clients by a quota of %s', async ([, quota]) => {
      const userId = randomUUID();
      const [one, other] = [usageAt(place(), quota), usageAt(place(), quota)];
      const calls = Array.from({ length: 50 }, (_, index) => (index % 2 ? one : other).reserve(userId));
      expect(await passedOf(calls)).toBe(10);
      const { messages, tokens } = await one.today(userId);
      expect(messages?.used ?? 10).toBe(10);
      expect(tokens?.used ?? 1000).toBe(1000);
    });

    it('tells what is left with every reservation, and to whoever asks', async () => {
      const usage = usageAt(place());
      const userId = randomUUID();
      expect(await usage.today(userId)).toStrictEqual({
        day: '2026-01-02',
        resets_at: '2026-01-03T00:00:00.000Z',
        messages: { limit: 10, used: 0, left: 10 },
        tokens: { limit: 1000, used: 0, left: 1000 },
      });
      await reserved(usage, userId);
      expect((await reserved(usage, userId)).left).toStrictEqual([
        { name: 'messages', quota: 10, windowSeconds: 86_400, left: 8, resetSeconds: 43_200 },
        { name: 'tokens', quota: 1000, windowSeconds: 86_400, left: 800, resetSeconds: 43_200 },
      ]);
      expect(await usage.today(userId)).toMatchObject({
        messages: { limit: 10, used: 2, left: 8 },
        tokens: { limit: 1000, used: 200, left: 800 },
      });
    });

    it('counts everybody apart', async () => {
      const usage = usageAt(place(), { ...QUOTA, messagesPerDay: 1 });
      const [ada, bob] = [randomUUID(), randomUUID()];
      await reserved(usage, ada);
      expect(await refusalOf(usage.reserve(ada))).toBeDefined();
      expect(await refusalOf(usage.reserve(bob))).toBeUndefined();
    });

    it('knows nothing of a quota that there is not', async () => {
      const userId = randomUUID();
      const talking = usageAt(place(), { messagesPerDay: 10, reserveTokens: 100 });
      const { left, settle } = await reserved(talking, userId);
      expect(left.map(({ name }) => name)).toStrictEqual(['messages']);
      await settle(70);
      expect(Object.keys(await talking.today(userId))).toStrictEqual(['day', 'resets_at', 'messages']);

      const paying = usageAt(place(), { tokensPerDay: 1000, reserveTokens: 100 });
      expect((await reserved(paying, userId)).left.map(({ name }) => name)).toStrictEqual(['tokens']);
      expect(Object.keys(await paying.today(userId))).toStrictEqual(['day', 'resets_at', 'tokens']);

      // What was counted nowhere is not there for a quota that comes later.
      expect(await usageAt(place()).today(userId)).toMatchObject({ messages: { used: 1 }, tokens: { used: 100 } });
    });

    it('reserves no more tokens than a day has, or nobody could ask', async () => {
      const usage = usageAt(place(), { tokensPerDay: 60, reserveTokens: 100 });
      const userId = randomUUID();
      const { left, settle } = await reserved(usage, userId);
      expect(left).toMatchObject([{ name: 'tokens', left: 0 }]);
      await settle(0);
      expect((await usage.today(userId)).tokens).toStrictEqual({ limit: 60, used: 0, left: 60 });
      expect(await passedOf([usage.reserve(userId), usage.reserve(userId)])).toBe(1);
    });

    it('takes nothing of either quota for what one of them refuses', async () => {
      const userId = randomUUID();
      await reserved(usageAt(place(), { messagesPerDay: 5, tokensPerDay: 150, reserveTokens: 100 }), userId);
      const counted = { messages: { used: 1 }, tokens: { used: 100 } };

      const noTokens = usageAt(place(), { messagesPerDay: 5, tokensPerDay: 150, reserveTokens: 100 });
      expect(await refusalOf(noTokens.reserve(userId))).toBeDefined();
      expect(await noTokens.today(userId)).toMatchObject(counted);

      const noMessages = usageAt(place(), { messagesPerDay: 1, tokensPerDay: 1500, reserveTokens: 100 });
      expect(await refusalOf(noMessages.reserve(userId))).toBeDefined();
      expect(await noMessages.today(userId)).toMatchObject(counted);
    });

    it('tells with a refusal which quota it is, what is left of each, and how long to wait', async () => {
      const userId = randomUUID();
      const noTokens = { messagesPerDay: 2, tokensPerDay: 150, reserveTokens: 100 };
      await reserved(usageAt(place(), noTokens), userId);
      expect(await refusalOf(usageAt(place(), noTokens).reserve(userId))).toMatchObject({
        message: expect.stringContaining('tokens are used up'),
        headers: {
          'RateLimit-Policy': '"messages";q=2;w=86400, "tokens";q=150;w=86400',
          RateLimit: '"messages";r=1;t=43200, "tokens";r=50;t=43200',
          'Retry-After': '43200',
        },
      });
      const noMessages = { messagesPerDay: 1, reserveTokens: 100 };
      expect(await refusalOf(usageAt(place(), noMessages).reserve(userId))).toMatchObject({
        message: expect.stringContaining('messages are used up'),
        headers: {
          'RateLimit-Policy': '"messages";q=1;w=86400',
          RateLimit: '"messages";r=0;t=43200',
          'Retry-After': '43200',
        },
      });
    });
  });
}
