import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { atOnce, headersOf, left, limitsAt, newAddress, newEmail, PER_MINUTE, type Place } from './samples.ts';

/** Who shares a budget with whom, and how much of it there is. */
export function describeBudgets(title: string, place: () => Place) {
  describe(title, () => {
    it('lets exactly as many calls through as the budget has, of a hundred at once', async () => {
      const caller = { address: newAddress(), email: newEmail() };
      const limits = limitsAt(place());
      expect(await atOnce(100, () => limits.take('loginUser', caller, ['email']))).toBe(5);
    });

    it('lets exactly as many through two processes as through one', async () => {
      const caller = { address: newAddress(), email: newEmail() };
      const [one, other] = [limitsAt(place()), limitsAt(place())];
      const take = (index: number) => (index % 2 ? one : other).take('loginUser', caller, ['email']);
      expect(await atOnce(100, take)).toBe(5);
    });

    it('counts the address for all operations together', async () => {
      const limits = limitsAt(place());
      const caller = { address: newAddress(), email: newEmail() };
      expect(await left('address', limits.take('loginUser', caller, ['address', 'email']))).toBe(19);
      expect(await left('address', limits.take('forgotPassword', caller, ['address', 'email']))).toBe(18);
      expect(await left('address', limits.take('resetPassword', caller, ['address']))).toBe(17);
    });

    it('counts what refreshes sessions apart from what else an address does', async () => {
      const limits = limitsAt(place());
      const caller = { address: newAddress() };
      expect(await atOnce(25, () => limits.take('loginUser', caller, ['address']))).toBe(20);
      expect(await left('refresh', limits.take('refreshSession', caller, ['refresh']))).toBe(299);
    });

    it('counts e-mail addresses and persons for each operation alone', async () => {
      const limits = limitsAt(place());
      const caller = { address: newAddress(), email: newEmail(), userId: randomUUID() };
      for (const name of ['email', 'user'] as const) {
        expect(await atOnce(9, () => limits.take('loginUser', caller, [name]))).toBe(5);
        expect(await left(name, limits.take('forgotPassword', caller, [name]))).toBe(4);
      }
    });

    it('counts every address, e-mail address and person apart', async () => {
      const limits = limitsAt(place());
      const quotas = [
        ['address', 20],
        ['refresh', 300],
        ['email', 5],
        ['user', 5],
      ] as const;
      for (const [name, quota] of quotas)
        for (const _caller of [1, 2]) {
          const caller = { address: newAddress(), email: newEmail(), userId: randomUUID() };
          expect(await left(name, limits.take('loginUser', caller, [name]))).toBe(quota - 1);
        }
    });

    it('takes an e-mail address in capitals for the same', async () => {
      const limits = limitsAt(place());
      const [address, email] = [newAddress(), newEmail()];
      expect(await left('email', limits.take('loginUser', { address, email }, ['email']))).toBe(4);
      const shouted = { address, email: email.toUpperCase() };
      expect(await left('email', limits.take('loginUser', shouted, ['email']))).toBe(3);
    });

    it('counts callers together who lack what is counted', async () => {
      const limits = limitsAt(place(), { perMinute: { address: 1, refresh: 1, email: 1, user: 1 } });
      for (const name of ['address', 'refresh', 'email', 'user'] as const) {
        await limits.take('loginUser', { address: undefined }, [name]);
        expect(await headersOf(limits.take('loginUser', { address: 'no address' }, [name]))).toHaveProperty(
          'Retry-After',
        );
      }
    });

    it('charges no e-mail budget for what an address does beyond its own', async () => {
      const limits = limitsAt(place(), { perMinute: { ...PER_MINUTE, address: 2 } });
      const [attacker, victim] = [newAddress(), newEmail()];
      // The order in which the names are given must not matter.
      const attack = () => limits.take('loginUser', { address: attacker, email: victim }, ['email', 'address']);
      expect(await atOnce(10, attack)).toBe(2);
      expect(await left('email', limits.take('loginUser', { address: newAddress(), email: victim }, ['email']))).toBe(
        2,
      );
    });

    it('charges the address for what it tries beyond an e-mail budget', async () => {
      const limits = limitsAt(place());
      const caller = { address: newAddress(), email: newEmail() };
      expect(await atOnce(9, () => limits.take('loginUser', caller, ['address', 'email']))).toBe(5);
      expect(await left('address', limits.take('resetPassword', caller, ['address']))).toBe(10);
    });
  });
}
