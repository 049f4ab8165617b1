import type { Identity } from '../../../src/ports/identity.ts';

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
