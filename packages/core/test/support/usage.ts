import { Problem } from '@async-chatbot/shared/problem';
import { expect } from 'vitest';
import { dynamoClient } from '../../../server/src/dynamo/client.ts';
import { dynamoUsageCounters } from '../../../server/src/dynamo/usage-counters.ts';
import { createUsage, type QuotaOptions, type Reservation, type Usage } from '../../src/usage.ts';

/** Twelve hours before the end of a day. */
export const NOON = Date.UTC(2026, 0, 2, 12);

export const DAY_MS = 86_400_000;

export interface Place {
  endpoint: string;
  /** With the keys `pk` and `sk`. */
  table: string;
}

export const QUOTA = { messagesPerDay: 10, tokensPerDay: 1000, reserveTokens: 100 };

/** Usage with a client of its own, at noon unless told otherwise. */
export const usageAt = (
  { endpoint, table }: Place,
  quota: QuotaOptions = QUOTA,
  nowMs: () => number = () => NOON,
): Usage =>
  createUsage(dynamoUsageCounters(dynamoClient({ region: 'local', endpoint }), table), quota, () => new Date(nowMs()));

export async function reserved(usage: Usage, userId: string): Promise<Reservation> {
  const reservation = await usage.reserve(userId);
  if (!reservation) throw new Error('There is no quota');
  return reservation;
}

/** The problem of a refusal; undefined if there was none. Anything else that is thrown fails the test. */
export async function refusalOf(call: Promise<unknown>): Promise<Problem | undefined> {
  try {
    await call;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    expect(problem).toMatchObject({ code: 'quota-exceeded', status: 429 });
    return problem;
  }
  return undefined;
}

/** How many of the calls are let through; the others must be refused and nothing else. */
export async function passedOf(calls: Promise<unknown>[]): Promise<number> {
  const refusals = await Promise.all(calls.map(refusalOf));
  return refusals.filter((refusal) => refusal === undefined).length;
}
