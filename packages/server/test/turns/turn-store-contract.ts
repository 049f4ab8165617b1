import { describe } from 'vitest';
import { describeCreate } from '../messages/contract-put.ts';
import { describeNextChange } from './next-change-contract.ts';
import { describeChunks } from './pieces-contract.ts';
import type { OpenStores } from './ports.ts';
import { describeClaims } from './replies-claims.ts';
import { describeReplies } from './replies-contract.ts';
import { describeKeys } from './send-keys-contract.ts';
import { describeLocks } from './thread-locks-contract.ts';

/** What every adapter of the port `TurnStore` must do. */
export function describeTurnStore(name: string, open: OpenStores): void {
  describe(`${name}: turn store`, () => {
    describe('idempotency keys', () => describeKeys(open));
    describe('conversation locks', () => describeLocks(open));
    describe('create', () => describeCreate(open));
    describe('claims', () => describeClaims(open));
    describe('replies', () => describeReplies(open));
    describe('chunks', () => describeChunks(open));
    describe('nextChange', () => describeNextChange(open));
  });
}
