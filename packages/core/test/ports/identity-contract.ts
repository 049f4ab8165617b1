import { describe } from 'vitest';
import type { Identity } from '../../src/ports/identity.ts';
import { describeConfirmation } from './identity/confirmation.ts';
import { describeOwnAccount } from './identity/own-account.ts';
import { describePasswordReset } from './identity/password-reset.ts';
import { describeRefresh } from './identity/refresh.ts';
import { describeRegistration } from './identity/registration.ts';
import { describeSessions } from './identity/sessions.ts';

/** An adapter on an empty user pool. */
export interface IdentityFixture {
  identity: Identity;
  /** The newest code that was sent to an address, or an empty string. */
  codeFor(email: string): string;
  /** What an administrator of the pool does to a user. */
  users: Record<'requireReset' | 'unconfirm', (email: string) => unknown>;
  now(): Date;
  /** Sets the adapter's clock forward. */
  passes(ms: number): void;
}

export type OpenIdentity = (registration: 'open' | 'confirm') => Promise<IdentityFixture>;

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
