import { Problem } from '@async-chatbot/shared/problem';
import { expect, it } from 'vitest';
import { requestRateLimits } from '../../src/http/request-rate-limits.ts';
import { memoryRateLimiter } from '../../src/memory/rate-limiter.ts';
import type { RateLimitName } from '../../src/ports/rate-limiter.ts';
import { PER_MINUTE } from '../ports/rate-limit-samples.ts';

interface Requester {
  address?: string;
  email?: string;
  userId?: string;
}

/** Requests that one limiter counts; each resolves to the headers, even if it is rejected. */
function limited(perMinute: Partial<Record<RateLimitName, number>> = {}) {
  const limiter = memoryRateLimiter({ ...PER_MINUTE, ...perMinute }, () => new Date(0));
  return async (operationId: string, names: RateLimitName[], { address, email, userId }: Requester = {}) => {
    const limits = requestRateLimits(limiter, operationId, names);
    try {
      await limits.takeAddress(address);
      await limits.takeAccount({ email, userId });
      return limits.headers();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      expect(error.code).toBe('too-many-requests');
      return error.headers;
    }
  };
}

const ADDRESS = '203.0.113.5';

it('returns headers of each rate limit', async () => {
  const request = limited();
  const first = await request('loginUser', ['address', 'email'], { address: ADDRESS, email: 'canary@example.com' });
  const policy = { 'RateLimit-Policy': '"address";q=20;w=60, "email";q=5;w=60' };
  expect(first).toStrictEqual({ ...policy, RateLimit: '"address";r=19;t=60, "email";r=4;t=60' });
});

it('returns no headers before a request is counted', () => {
  expect(
    requestRateLimits(
      memoryRateLimiter(PER_MINUTE, () => new Date()),
      'loginUser',
      ['address'],
    ).headers(),
  ).toEqual({});
});

it('returns all policies, and what remains of those that have counted', async () => {
  const limits = requestRateLimits(
    memoryRateLimiter(PER_MINUTE, () => new Date(0)),
    'loginUser',
    ['email', 'address'],
  );
  await limits.takeAddress(ADDRESS);
  expect(limits.headers()).toStrictEqual({
    'RateLimit-Policy': '"email";q=5;w=60, "address";q=20;w=60',
    RateLimit: '"address";r=19;t=60',
  });
});

it('counts an address across all operations', async () => {
  const request = limited();
  await request('loginUser', ['address'], { address: ADDRESS });
  await request('forgotPassword', ['address'], { address: ADDRESS });
  expect(await request('resetPassword', ['address'], { address: ADDRESS })).toMatchObject({
    RateLimit: '"address";r=17;t=60',
  });
});

it('counts emails and users per operation', async () => {
  const request = limited();
  for (const name of ['email', 'user'] as const) {
    const requester = { email: 'canary@example.com', userId: 'ada' };
    await request('loginUser', [name], requester);
    expect(await request('forgotPassword', [name], requester)).toMatchObject({ RateLimit: `"${name}";r=4;t=60` });
  }
});

it('ignores the case of an email', async () => {
  const request = limited();
  await request('loginUser', ['email'], { email: 'canary@example.com' });
  expect(await request('loginUser', ['email'], { email: 'CANARY@Example.com' })).toMatchObject({
    RateLimit: '"email";r=3;t=60',
  });
});

it('counts all requests without a subject together', async () => {
  const request = limited({ address: 1, refresh: 1, email: 1, account: 1, user: 1 });
  for (const name of ['address', 'refresh', 'email', 'account', 'user'] as const) {
    await request('loginUser', [name]);
    expect(await request('loginUser', [name], { address: 'no address' })).toMatchObject({ 'Retry-After': '60' });
  }
});

it('counts an email per address, and an account from all addresses', async () => {
  const request = limited();
  const names: RateLimitName[] = ['email', 'account'];
  await request('loginUser', names, { address: ADDRESS, email: 'canary@example.com' });
  expect(await request('loginUser', names, { address: '203.0.113.6', email: 'canary@example.com' })).toMatchObject({
    RateLimit: '"email";r=4;t=60, "account";r=28;t=60',
  });
  expect(await request('loginUser', names, { address: ADDRESS, email: 'Canary@example.com' })).toMatchObject({
    RateLimit: '"email";r=3;t=60, "account";r=27;t=60',
  });
});

it('does not count the account for an address that is over the limit of the email', async () => {
  const request = limited({ email: 1 });
  const names: RateLimitName[] = ['email', 'account'];
  for (const _attempt of [1, 2, 3])
    await request('loginUser', names, { address: ADDRESS, email: 'canary@example.com' });
  expect(await request('loginUser', names, { email: 'canary@example.com' })).toMatchObject({
    RateLimit: '"email";r=0;t=60, "account";r=28;t=60',
  });
});

it('does not count the account for an address over its limit, and reveals nothing about it', async () => {
  const request = limited({ address: 2 });
  const attack = () => request('loginUser', ['account', 'address'], { address: ADDRESS, email: 'canary@example.com' });
  await attack();
  await attack();
  for (const _refused of [1, 2, 3])
    expect(await attack()).toStrictEqual({
      'RateLimit-Policy': '"account";q=30;w=60, "address";q=2;w=60',
      RateLimit: '"address";r=0;t=60',
      'Retry-After': '60',
    });
  const victim = await request('loginUser', ['account'], { email: 'canary@example.com' });
  expect(victim).toMatchObject({ RateLimit: '"account";r=27;t=60' });
});

it('counts requests over the limit of an email against the address', async () => {
  const request = limited({ email: 1 });
  const attempt = () => request('loginUser', ['address', 'email'], { address: ADDRESS, email: 'canary@example.com' });
  await attempt();
  expect(await attempt()).toStrictEqual({
    'RateLimit-Policy': '"address";q=20;w=60, "email";q=1;w=60',
    RateLimit: '"address";r=18;t=60, "email";r=0;t=60',
    'Retry-After': '60',
  });
  expect(await request('resetPassword', ['address'], { address: ADDRESS })).toMatchObject({
    RateLimit: '"address";r=17;t=60',
  });
});
