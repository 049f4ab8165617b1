import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { atOnce, headersOf, limitsAt, newAddress, newEmail, PER_MINUTE, type Place, START_MS } from './samples.ts';

/** When a budget is whole again, and what the headers tell of it. */
export function describeWindows(title: string, place: () => Place) {
  describe(`${title}, as time goes by`, () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: START_MS }));
    afterEach(() => void vi.useRealTimers());

    it('a budget is whole again when its window ends, and not before', async () => {
      const [one, other] = [limitsAt(place()), limitsAt(place())];
      const caller = { address: newAddress(), email: newEmail() };
      const take = () => one.take('loginUser', caller, ['email']);
      expect(await atOnce(9, take)).toBe(5);
      vi.setSystemTime(START_MS + 59_999);
      for (const limits of [one, other])
        expect(await headersOf(limits.take('loginUser', caller, ['email']))).toHaveProperty('Retry-After', '1');
      vi.setSystemTime(START_MS + 60_000);
      expect(await atOnce(9, take)).toBe(5);
    });

    it('the headers tell what is left of each budget, and when it is whole again', async () => {
      const limits = limitsAt(place());
      const address = newAddress();
      const take = (email: string) => headersOf(limits.take('loginUser', { address, email }, ['address', 'email']));
      const [first, second] = [newEmail(), newEmail()];
      const policy = { 'RateLimit-Policy': '"address";q=20;w=60, "email";q=5;w=60' };

      expect(await take(first)).toStrictEqual({ ...policy, RateLimit: '"address";r=19;t=60, "email";r=4;t=60' });
      vi.setSystemTime(START_MS + 10_001);
      expect(await take(second)).toStrictEqual({ ...policy, RateLimit: '"address";r=18;t=50, "email";r=4;t=60' });
      vi.setSystemTime(START_MS + 20_001);
      expect(await take(second)).toStrictEqual({ ...policy, RateLimit: '"address";r=17;t=40, "email";r=3;t=50' });
    });

    it('a refusal tells how long to wait, however often and whichever process is asked', async () => {
      const [one, other] = [limitsAt(place()), limitsAt(place())];
      const caller = { address: newAddress(), email: newEmail() };
      expect(await atOnce(5, () => one.take('loginUser', caller, ['email']))).toBe(5);
      vi.setSystemTime(START_MS + 19_500);
      const refusal = { 'RateLimit-Policy': '"address";q=20;w=60, "email";q=5;w=60', 'Retry-After': '41' };
      for (const [limits, r] of [one, other, one, other].map((each, index) => [each, 19 - index] as const))
        expect(await headersOf(limits.take('loginUser', caller, ['email', 'address']))).toStrictEqual({
          ...refusal,
          RateLimit: `"address";r=${r};t=60, "email";r=0;t=41`,
        });
    });

    it('a refusal by the address tells nothing of the e-mail budget', async () => {
      const limits = limitsAt(place(), { perMinute: { ...PER_MINUTE, address: 1 } });
      const caller = { address: newAddress(), email: newEmail() };
      await limits.take('loginUser', caller, ['address']);
      expect(await headersOf(limits.take('loginUser', caller, ['address', 'email']))).toStrictEqual({
        'RateLimit-Policy': '"address";q=1;w=60, "email";q=5;w=60',
        RateLimit: '"address";r=0;t=60',
        'Retry-After': '60',
      });
    });

    it('no wait is longer than the window, whatever clock another process has', async () => {
      const [one, ahead] = [limitsAt(place()), limitsAt(place())];
      const caller = { address: newAddress(), email: newEmail() };
      vi.setSystemTime(START_MS + 90_000);
      expect(await atOnce(5, () => ahead.take('loginUser', caller, ['email']))).toBe(5);
      vi.setSystemTime(START_MS);
      expect(await headersOf(one.take('loginUser', caller, ['email']))).toMatchObject({
        RateLimit: '"email";r=0;t=60',
        'Retry-After': '60',
      });
    });

    it('no wait is shorter than a second, though the window ends while the call is counted', async () => {
      const limits = limitsAt(place());
      const caller = { address: newAddress(), email: newEmail() };
      await limits.take('loginUser', caller, ['email']);
      vi.setSystemTime(START_MS + 59_900);
      const late = limits.take('loginUser', caller, ['email']);
      await new Promise(setImmediate);
      vi.setSystemTime(START_MS + 61_000);
      expect(await late).toHaveProperty('RateLimit', '"email";r=3;t=1');
    });
  });
}
