import type { Identity } from '../../../src/ports/identity.ts';

/** An adapter on an empty user pool. */
export interface IdentityFixture {
  identity: Identity;
  /** The newest code sent to an address, or an empty string. */
  codeFor(email: string): string;
  /** Operations of the pool's administrator on a user. */
  users: Record<'requireReset' | 'unconfirm', (email: string) => unknown>;
  now(): Date;
  /** Advances the adapter's clock. */
  passes(ms: number): void;
}

export type OpenIdentity = (registration: 'open' | 'confirm') => Promise<IdentityFixture>;
