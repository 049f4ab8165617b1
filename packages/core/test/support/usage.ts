import { Problem } from '@async-chatbot/shared/problem';
import { expect } from 'vitest';
import { memoryTable } from '../../src/memory/table.ts';
import { memoryUsageCounters } from '../../src/memory/usage-counters.ts';
import type { UsageCounters } from '../../src/ports/usage-counters.ts';
import { createUsage, type QuotaOptions, type Reservation, type Usage } from '../../src/usage.ts';

/** Twelve hours before the end of a day. */
export const NOON = Date.UTC(2026, 0, 2, 12);

export const DAY_MS = 86_400_000;

export const QUOTA = { messagesPerDay: 10, tokensPerDay: 1000, reserveTokens: 100 };

export const newCounters = (): UsageCounters => memoryUsageCounters(memoryTable());

/** Usage at noon by default. */
export const usageOf = (
  counters: UsageCounters,
  quota: QuotaOptions = QUOTA,
  nowMs: () => number = () => NOON,
): Usage => createUsage(counters, quota, () => new Date(nowMs()));

export async function reserved(usage: Usage, userId: string): Promise<Reservation> {
  const reservation = await usage.reserve(userId);
  if (!reservation) throw new Error('There is no quota');
  return reservation;
}

/** The `quota-exceeded` that was thrown, or undefined. Any other error fails the test. */
export async function exceededOf(call: Promise<unknown>): Promise<Problem | undefined> {
  try {
    await call;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    expect(problem).toMatchObject({ code: 'quota-exceeded', status: 429 });
    return problem;
  }
  return undefined;
}

/** How many of the calls were within the quota. */
export async function reservedOf(calls: Promise<unknown>[]): Promise<number> {
  const problems = await Promise.all(calls.map(exceededOf));
  return problems.filter((problem) => problem === undefined).length;
}
