import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DAY_MS, exceededOf, NOON, newCounters, QUOTA, reserved, usageOf } from './support/usage.ts';

const counters = newCounters();

describe('a reservation', () => {
  it('counts the tokens that the reply used, fewer or more', async () => {
    const usage = usageOf(counters);
    const userId = randomUUID();
    for (const tokens of [0, 1, 70, 100, 230]) await (await reserved(usage, userId)).settle(tokens);
    expect(await usage.today(userId)).toMatchObject({
      messages: { used: 5, left: 5 },
      tokens: { used: 401, left: 599 },
    });
  });

  it('counts fifty concurrent replies exactly', async () => {
    const quota = { messagesPerDay: 50, tokensPerDay: 5000, reserveTokens: 100 };
    const [one, other] = [usageOf(counters, quota), usageOf(counters, quota)];
    const userId = randomUUID();
    const reply = async (_: unknown, tokens: number) =>
      (await reserved(tokens % 2 ? one : other, userId)).settle(tokens);
    await Promise.all(Array.from({ length: 50 }, reply));
    // 0 + 1 + … + 49.
    expect(await one.today(userId)).toMatchObject({ messages: { left: 0 }, tokens: { used: 1225, left: 3775 } });
  });

  it('keeps the reserved tokens if the bot reported none', async () => {
    const usage = usageOf(counters);
    const userId = randomUUID();
    await (await reserved(usage, userId)).settle(undefined);
    expect((await usage.today(userId)).tokens).toStrictEqual({ limit: 1000, used: 100, left: 900 });
  });

  it('leaves zero, and not less, after a reply that used more than remained', async () => {
    const usage = usageOf(counters);
    const userId = randomUUID();
    await (await reserved(usage, userId)).settle(1500);
    expect((await usage.today(userId)).tokens).toStrictEqual({ limit: 1000, used: 1500, left: 0 });
    expect((await exceededOf(usage.reserve(userId)))?.headers).toMatchObject({
      RateLimit: '"messages";r=9;t=43200, "tokens";r=0;t=43200',
    });
  });

  it('counts no tokens for a reply that uses none, and needs no correction', async () => {
    const counters = newCounters();
    let corrections = 0;
    const correct: typeof counters.correct = async () => {
      corrections += 1;
    };
    const usage = usageOf({ ...counters, correct });
    const userId = randomUUID();
    const reservation = await usage.reserve(userId, { usesTokens: false });
    await reservation?.settle(0);
    expect(reservation?.quotas.map(({ remaining }) => remaining)).toEqual([9, 1000]);
    expect(corrections).toBe(0);
  });

  it('of a reply that uses no tokens is possible until the quota is used up', async () => {
    const usage = usageOf(newCounters());
    const userId = randomUUID();
    const instant = () => usage.reserve(userId, { usesTokens: false });
    await (await reserved(usage, userId)).settle(1000);
    expect(await exceededOf(instant())).toBeUndefined();
    const overused = usageOf(newCounters());
    await (await reserved(overused, userId)).settle(1500);
    const problem = await exceededOf(overused.reserve(userId, { usesTokens: false }));
    expect(problem?.message).toContain('of tokens is used up');
  });

  it('returns the tokens that a reply did not use', async () => {
    const usage = usageOf(counters, { tokensPerDay: 100, reserveTokens: 100 });
    const userId = randomUUID();
    const { settle } = await reserved(usage, userId);
    expect(await exceededOf(usage.reserve(userId))).toBeDefined();
    await settle(0);
    expect(await exceededOf(usage.reserve(userId))).toBeUndefined();
  });

  it('returns everything if the bot was not started', async () => {
    const usage = usageOf(counters, { messagesPerDay: 1, tokensPerDay: 100, reserveTokens: 100 });
    const userId = randomUUID();
    const { cancel } = await reserved(usage, userId);
    expect(await exceededOf(usage.reserve(userId))).toBeDefined();
    await cancel();
    expect(await usage.today(userId)).toMatchObject({
      messages: { limit: 1, used: 0, left: 1 },
      tokens: { limit: 100, used: 0, left: 100 },
    });
    expect(await exceededOf(usage.reserve(userId))).toBeUndefined();
  });
});

describe('a day', () => {
  it('starts at midnight UTC, and not before', async () => {
    let nowMs = NOON;
    const usage = usageOf(counters, { ...QUOTA, messagesPerDay: 1 }, () => nowMs);
    const userId = randomUUID();
    await reserved(usage, userId);
    nowMs = NOON + DAY_MS / 2 - 1;
    expect((await exceededOf(usage.reserve(userId)))?.headers).toMatchObject({
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
    expect((await reserved(usage, userId)).quotas).toMatchObject([
      { remaining: 0, resetSeconds: 86_400 },
      { remaining: 900, resetSeconds: 86_400 },
    ]);
  });

  it('counts a reply on the day of its reservation', async () => {
    let nowMs = NOON;
    const usage = usageOf(counters, QUOTA, () => nowMs);
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
