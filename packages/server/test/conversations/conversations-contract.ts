import { describe } from 'vitest';
import { describeChanges } from './contract-changes.ts';
import { describeDeletion } from './contract-deletion.ts';
import { describeExpiry } from './contract-expiry.ts';
import { describePages } from './contract-pages.ts';
import type { OpenWorld } from './samples.ts';

/** What every adapter of the port `ConversationStore` must do. */
export function describeConversationStore(name: string, open: OpenWorld): void {
  describe(name, () => {
    describe('create, get, rename and touch', () => describeChanges(open));
    describe('list', () => describePages(open));
    describe('delete', () => describeDeletion(open));
    describe('time to live', () => describeExpiry(open));
  });
}
