import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { allowedOf, newKey, type OpenRateLimiter, START_MS } from './rate-limit-samples.ts';

/** When the whole quota is available again, and what is reported. */
export function describeWindows(open: OpenRateLimiter): void {
  describe('over time', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: START_MS }));
    afterEach(() => void vi.useRealTimers());

    it('the whole quota is available again when the window ends, and not before', async () => {
      const [one, other] = [open(), open()];
      const key = newKey('email', 'loginUser');
      expect(await allowedOf(9, () => one.take(key))).toBe(5);
      vi.setSystemTime(START_MS + 59_999);
      for (const limiter of [one, other])
        expect(await limiter.take(key)).toStrictEqual({ isAllowed: false, remaining: 0, resetSeconds: 1 });
      vi.setSystemTime(START_MS + 60_000);
      expect(await allowedOf(9, () => one.take(key))).toBe(5);
    });

    it('each key has its own window', async () => {
      const limiter = open();
      const [first, second] = [newKey('email', 'loginUser'), newKey('email', 'loginUser')];
      expect(await limiter.take(first)).toStrictEqual({ isAllowed: true, remaining: 4, resetSeconds: 60 });
      vi.setSystemTime(START_MS + 10_000);
      expect(await limiter.take(second)).toStrictEqual({ isAllowed: true, remaining: 4, resetSeconds: 60 });
      expect(await limiter.take(first)).toStrictEqual({ isAllowed: true, remaining: 3, resetSeconds: 50 });
      vi.setSystemTime(START_MS + 20_000);
      expect(await limiter.take(second)).toStrictEqual({ isAllowed: true, remaining: 3, resetSeconds: 50 });
      vi.setSystemTime(START_MS + 60_000);
      expect(await limiter.take(first)).toStrictEqual({ isAllowed: true, remaining: 4, resetSeconds: 60 });
      expect(await limiter.take(second)).toStrictEqual({ isAllowed: true, remaining: 2, resetSeconds: 10 });
    });

    it('a rejection returns how long to wait, in every process and at every attempt', async () => {
      const [one, other] = [open(), open()];
      const key = newKey('email', 'loginUser');
      expect(await allowedOf(5, () => one.take(key))).toBe(5);
      vi.setSystemTime(START_MS + 19_500);
      for (const limiter of [one, other, one, other])
        expect(await limiter.take(key)).toStrictEqual({ isAllowed: false, remaining: 0, resetSeconds: 41 });
    });

    it('no wait is longer than the window, whatever the clock of another process', async () => {
      const [one, ahead] = [open(), open()];
      const key = newKey('email', 'loginUser');
      vi.setSystemTime(START_MS + 90_000);
      expect(await allowedOf(5, () => ahead.take(key))).toBe(5);
      vi.setSystemTime(START_MS);
      expect(await one.take(key)).toStrictEqual({ isAllowed: false, remaining: 0, resetSeconds: 60 });
    });

    it('no wait is shorter than a second, even if the window ends while the request is counted', async () => {
      const limiter = open();
      const key = newKey('email', 'loginUser');
      await limiter.take(key);
      vi.setSystemTime(START_MS + 59_900);
      const late = limiter.take(key);
      await new Promise(setImmediate);
      vi.setSystemTime(START_MS + 61_000);
      expect(await late).toStrictEqual({ isAllowed: true, remaining: 3, resetSeconds: 1 });
    });
  });
}
