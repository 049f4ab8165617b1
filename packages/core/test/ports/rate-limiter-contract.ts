import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RateLimitName } from '../../src/ports/rate-limiter.ts';
import { allowedOf, newKey, type OpenRateLimiter, PER_MINUTE } from './rate-limit-samples.ts';
import { describeWindows } from './rate-limiter-windows.ts';

const NAMES: RateLimitName[] = ['address', 'refresh', 'email', 'user'];

/** What every adapter of the port `RateLimiter` must do, with the quotas of `PER_MINUTE`. */
export function describeRateLimiter(title: string, open: OpenRateLimiter): void {
  describe(title, () => {
    it('names the quota and the window of each rate limit', () => {
      const { policies } = open();
      for (const name of NAMES) expect(policies[name]).toStrictEqual({ quota: PER_MINUTE[name], windowSeconds: 60 });
    });

    it('allows exactly the quota, of a hundred requests at once', async () => {
      const key = newKey('email', 'loginUser');
      const limiter = open();
      expect(await allowedOf(100, () => limiter.take(key))).toBe(5);
    });

    it('allows exactly as many through two processes as through one', async () => {
      const key = newKey('email', 'loginUser');
      const [one, other] = [open(), open()];
      expect(await allowedOf(100, (index) => (index % 2 ? one : other).take(key))).toBe(5);
    });

    it('counts an address without an operation', async () => {
      const limiter = open();
      const key = newKey('address');
      for (const remaining of [19, 18, 17])
        expect(await limiter.take(key)).toMatchObject({ isAllowed: true, remaining });
    });

    it('counts what refreshes sessions apart from what else an address does', async () => {
      const limiter = open();
      const { subject } = newKey('address');
      expect(await allowedOf(25, () => limiter.take({ name: 'address', subject }))).toBe(20);
      expect(await limiter.take({ name: 'refresh', subject })).toMatchObject({ isAllowed: true, remaining: 299 });
    });

    it('counts emails and users for each operation alone', async () => {
      const limiter = open();
      for (const name of ['email', 'user'] as const) {
        const key = newKey(name, 'loginUser');
        expect(await allowedOf(9, () => limiter.take(key))).toBe(5);
        expect(await limiter.take({ ...key, operationId: 'forgotPassword' })).toMatchObject({ remaining: 4 });
      }
    });

    it('counts every address, email and user apart', async () => {
      const limiter = open();
      const operationId = randomUUID();
      for (const name of NAMES)
        for (const _subject of [1, 2])
          expect(await limiter.take(newKey(name, operationId))).toMatchObject({ remaining: PER_MINUTE[name] - 1 });
    });

    it('counts together what has the empty subject', async () => {
      const limiter = open();
      const operationId = randomUUID();
      for (const name of ['email', 'user'] as const)
        expect(await allowedOf(9, () => limiter.take({ name, operationId, subject: '' }))).toBe(5);
    });

    describeWindows(open);
  });
}
