import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RateLimitName } from '../../src/ports/rate-limiter.ts';
import { allowedOf, newKey, type OpenRateLimiter, PER_MINUTE } from './rate-limit-samples.ts';
import { describeWindows } from './rate-limiter-windows.ts';

const NAMES: RateLimitName[] = ['address', 'refresh', 'email', 'account', 'user'];

/** What every adapter of the port `RateLimiter` must do, with the quotas of `PER_MINUTE`. */
export function describeRateLimiter(title: string, open: OpenRateLimiter): void {
  describe(title, () => {
    it('has the quota and the window of each rate limit', () => {
      const { policies } = open();
      for (const name of NAMES) expect(policies[name]).toStrictEqual({ quota: PER_MINUTE[name], windowSeconds: 60 });
    });

    it('allows exactly the quota of a hundred concurrent requests', async () => {
      const key = newKey('email', 'loginUser');
      const limiter = open();
      expect(await allowedOf(100, () => limiter.take(key))).toBe(5);
    });

    it('allows exactly the quota across two processes', async () => {
      const key = newKey('email', 'loginUser');
      const [one, other] = [open(), open()];
      expect(await allowedOf(100, (index) => (index % 2 ? one : other).take(key))).toBe(5);
    });

    it('counts an address across all operations', async () => {
      const limiter = open();
      const key = newKey('address');
      for (const remaining of [19, 18, 17])
        expect(await limiter.take(key)).toMatchObject({ isAllowed: true, remaining });
    });

    it('counts session refreshes of an address separately from its other requests', async () => {
      const limiter = open();
      const { subject } = newKey('address');
      expect(await allowedOf(25, () => limiter.take({ name: 'address', subject }))).toBe(20);
      expect(await limiter.take({ name: 'refresh', subject })).toMatchObject({ isAllowed: true, remaining: 299 });
    });

    it('counts emails and users per operation', async () => {
      const limiter = open();
      for (const name of ['email', 'user'] as const) {
        const key = newKey(name, 'loginUser');
        expect(await allowedOf(9, () => limiter.take(key))).toBe(5);
        expect(await limiter.take({ ...key, operationId: 'forgotPassword' })).toMatchObject({ remaining: 4 });
      }
    });

    it('counts each address, email and user separately', async () => {
      const limiter = open();
      const operationId = randomUUID();
      for (const name of NAMES)
        for (const _subject of [1, 2])
          expect(await limiter.take(newKey(name, operationId))).toMatchObject({ remaining: PER_MINUTE[name] - 1 });
    });

    it('counts all requests with the empty subject together', async () => {
      const limiter = open();
      const operationId = randomUUID();
      for (const name of ['email', 'user'] as const)
        expect(await allowedOf(9, () => limiter.take({ name, operationId, subject: '' }))).toBe(5);
    });

    describeWindows(open);
  });
}
