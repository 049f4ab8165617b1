import { describe } from 'vitest';
import { describeConfirmation } from './identity/confirmation.ts';
import type { OpenIdentity } from './identity/fixture.ts';
import { describeOwnAccount } from './identity/own-account.ts';
import { describePasswordReset } from './identity/password-reset.ts';
import { describeRefresh } from './identity/refresh.ts';
import { describeRegistration } from './identity/registration.ts';
import { describeSessions } from './identity/sessions.ts';

/** What every adapter of the port `Identity` must do. */
export function describeIdentity(name: string, open: OpenIdentity): void {
  describe(name, () => {
    describe('registration and login', () => describeRegistration(open));
    describe('confirmation', () => describeConfirmation(open));
    describe('password reset', () => describePasswordReset(open));
    describe('sessions', () => describeSessions(open));
    describe('refresh', () => describeRefresh(open));
    describe('own account', () => describeOwnAccount(open));
  });
}
