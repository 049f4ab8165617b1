import { describe } from 'vitest';
import type { OpenStores } from '../support/stores.ts';
import { describeChunks } from './turn-store/chunks.ts';
import { describeClaims } from './turn-store/claims.ts';
import { describeCreate } from './turn-store/creation.ts';
import { describeEndedRuns } from './turn-store/ended-runs.ts';
import { describeKeys } from './turn-store/keys.ts';
import { describeLocks } from './turn-store/locks.ts';
import { describeNextChange } from './turn-store/next-change.ts';
import { describeReplies } from './turn-store/replies.ts';

/** What every adapter of the port `TurnStore` must do. */
export function describeTurnStore(name: string, open: OpenStores): void {
  describe(`${name}: turn store`, () => {
    describe('idempotency keys', () => describeKeys(open));
    describe('conversation locks', () => describeLocks(open));
    describe('create', () => describeCreate(open));
    describe('claims', () => describeClaims(open));
    describe('replies', () => describeReplies(open));
    describe('endedRuns', () => describeEndedRuns(open));
    describe('chunks', () => describeChunks(open));
    describe('nextChange', () => describeNextChange(open));
  });
}
