import { randomUUID } from 'node:crypto';
import type { LimitName, Limits } from '@async-chatbot/core/ports/rate-limiter';
import { Problem } from '@async-chatbot/shared/problem';
import { expect } from 'vitest';
import { dynamoLimits, type LimitsOptions } from '../../src/dynamo/rate-limiter.ts';
import { CANARY } from '../support/canary.ts';

export const newEmail = (): string => `${CANARY}-${randomUUID()}@example.com`;

/** An IPv6 address in a /64 of its own. */
export const newAddress = (): string => `2001:db8:${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}::1`;

export const PER_MINUTE = { address: 20, refresh: 300, email: 5, user: 5 };

/** A whole second, so that a window that begins there ends on one too. */
export const START_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

export interface Place {
  endpoint: string;
  /** With the keys `pk` and `sk`. */
  table: string;
}

/** Patient, unless told otherwise: the emulators may be slow, and an outage is not what is tested. */
export function limitsAt(
  { endpoint, table }: Place,
  options: Partial<LimitsOptions> = {},
  onOutage: (error: unknown) => void = failRun,
): Limits {
  return dynamoLimits(
    { region: 'local', endpoint, table, secret: 'of the tests', perMinute: PER_MINUTE, deadlineMs: 10_000, ...options },
    onOutage,
  );
}

/** The limits hold whatever the table does, so an outage that no test asked for is left for Vitest to find. */
const failRun = (error: unknown): void => void Promise.reject(error);

/** The headers, of a refusal too; anything else that is thrown fails the test. */
export async function headersOf(take: Promise<Record<string, string>>): Promise<Record<string, string>> {
  try {
    return await take;
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    expect(problem).toMatchObject({ code: 'too-many-requests', status: 429 });
    return problem.headers;
  }
}

/** How many of the calls are let through; the others must be refused with 429 and nothing else. */
export async function passedOf(takes: Promise<Record<string, string>>[]): Promise<number> {
  const all = await Promise.all(takes.map(headersOf));
  return all.filter((headers) => !('Retry-After' in headers)).length;
}

/** As many calls of one caller at once. */
export const atOnce = (times: number, take: (index: number) => Promise<Record<string, string>>) =>
  passedOf(Array.from({ length: times }, (_, index) => take(index)));

/** How many calls the budget has left, by the header. */
export async function left(name: LimitName, take: Promise<Record<string, string>>): Promise<number> {
  const { RateLimit = '' } = await headersOf(take);
  return Number(new RegExp(`"${name}";r=(\\d+);`).exec(RateLimit)?.[1]);
}
