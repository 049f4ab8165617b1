import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { exceededOf, newCounters, QUOTA, reserved, reservedOf, usageOf } from './support/usage.ts';

const counters = newCounters();

describe('a quota', () => {
  it.for([
    ['messages', { messagesPerDay: 10, reserveTokens: 100 }],
    ['tokens', { tokensPerDay: 1099, reserveTokens: 100 }],
    ['both', { messagesPerDay: 10, tokensPerDay: 5000, reserveTokens: 100 }],
  ] as const)('allows exactly ten of fifty concurrent replies with a quota of %s', async ([, quota]) => {
    const userId = randomUUID();
    const [one, other] = [usageOf(counters, quota), usageOf(counters, quota)];
    const calls = Array.from({ length: 50 }, (_, index) => (index % 2 ? one : other).reserve(userId));
    expect(await reservedOf(calls)).toBe(10);
    const { messages, tokens } = await one.today(userId);
    expect(messages?.used ?? 10).toBe(10);
    expect(tokens?.used ?? 1000).toBe(1000);
  });

  it('returns what remains with each reservation and on request', async () => {
    const usage = usageOf(counters);
    const userId = randomUUID();
    expect(await usage.today(userId)).toStrictEqual({
      day: '2026-01-02',
      resets_at: '2026-01-03T00:00:00.000Z',
      messages: { limit: 10, used: 0, left: 10 },
      tokens: { limit: 1000, used: 0, left: 1000 },
    });
    await reserved(usage, userId);
    expect((await reserved(usage, userId)).quotas).toStrictEqual([
      { name: 'messages', quota: 10, windowSeconds: 86_400, remaining: 8, resetSeconds: 43_200 },
      { name: 'tokens', quota: 1000, windowSeconds: 86_400, remaining: 800, resetSeconds: 43_200 },
    ]);
    expect(await usage.today(userId)).toMatchObject({
      messages: { limit: 10, used: 2, left: 8 },
      tokens: { limit: 1000, used: 200, left: 800 },
    });
  });

  it('counts each user separately', async () => {
    const usage = usageOf(counters, { ...QUOTA, messagesPerDay: 1 });
    const [ada, bob] = [randomUUID(), randomUUID()];
    await reserved(usage, ada);
    expect(await exceededOf(usage.reserve(ada))).toBeDefined();
    expect(await exceededOf(usage.reserve(bob))).toBeUndefined();
  });

  it('neither counts nor returns a quota that is not configured', async () => {
    const userId = randomUUID();
    const ofMessages = usageOf(counters, { messagesPerDay: 10, reserveTokens: 100 });
    const { quotas, settle } = await reserved(ofMessages, userId);
    expect(quotas.map(({ name }) => name)).toStrictEqual(['messages']);
    await settle(70);
    expect(Object.keys(await ofMessages.today(userId))).toStrictEqual(['day', 'resets_at', 'messages']);

    const ofTokens = usageOf(counters, { tokensPerDay: 1000, reserveTokens: 100 });
    expect((await reserved(ofTokens, userId)).quotas.map(({ name }) => name)).toStrictEqual(['tokens']);
    expect(Object.keys(await ofTokens.today(userId))).toStrictEqual(['day', 'resets_at', 'tokens']);

    // A quota that is configured later starts from what was counted.
    expect(await usageOf(counters).today(userId)).toMatchObject({ messages: { used: 1 }, tokens: { used: 100 } });
  });

  it('reserves at most the tokens of a day', async () => {
    const usage = usageOf(counters, { tokensPerDay: 60, reserveTokens: 100 });
    const userId = randomUUID();
    const { quotas, settle } = await reserved(usage, userId);
    expect(quotas).toMatchObject([{ name: 'tokens', remaining: 0 }]);
    await settle(0);
    expect((await usage.today(userId)).tokens).toStrictEqual({ limit: 60, used: 0, left: 60 });
    expect(await reservedOf([usage.reserve(userId), usage.reserve(userId)])).toBe(1);
  });

  it('takes nothing of either quota if one is exceeded', async () => {
    const userId = randomUUID();
    await reserved(usageOf(counters, { messagesPerDay: 5, tokensPerDay: 150, reserveTokens: 100 }), userId);
    const counted = { messages: { used: 1 }, tokens: { used: 100 } };

    const noTokens = usageOf(counters, { messagesPerDay: 5, tokensPerDay: 150, reserveTokens: 100 });
    expect(await exceededOf(noTokens.reserve(userId))).toBeDefined();
    expect(await noTokens.today(userId)).toMatchObject(counted);

    const noMessages = usageOf(counters, { messagesPerDay: 1, tokensPerDay: 1500, reserveTokens: 100 });
    expect(await exceededOf(noMessages.reserve(userId))).toBeDefined();
    expect(await noMessages.today(userId)).toMatchObject(counted);
  });

  it('throws with the exceeded quota, what remains of each, and how long to wait', async () => {
    const userId = randomUUID();
    const noTokens = { messagesPerDay: 2, tokensPerDay: 150, reserveTokens: 100 };
    await reserved(usageOf(counters, noTokens), userId);
    expect(await exceededOf(usageOf(counters, noTokens).reserve(userId))).toMatchObject({
      message: expect.stringContaining('of tokens is used up'),
      headers: {
        'RateLimit-Policy': '"messages";q=2;w=86400, "tokens";q=150;w=86400',
        RateLimit: '"messages";r=1;t=43200, "tokens";r=50;t=43200',
        'Retry-After': '43200',
      },
    });
    const noMessages = { messagesPerDay: 1, reserveTokens: 100 };
    expect(await exceededOf(usageOf(counters, noMessages).reserve(userId))).toMatchObject({
      message: expect.stringContaining('of messages is used up'),
      headers: {
        'RateLimit-Policy': '"messages";q=1;w=86400',
        RateLimit: '"messages";r=0;t=43200',
        'Retry-After': '43200',
      },
    });
  });
});
