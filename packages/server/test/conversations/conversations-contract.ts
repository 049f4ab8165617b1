import { describe } from 'vitest';
import type { OpenStores } from '../turns/ports.ts';
import { describeChanges } from './contract-changes.ts';
import { describeDeletion } from './contract-deletion.ts';
import { describePages } from './contract-pages.ts';

/** What every adapter of the port `ConversationStore` must do. */
export function describeConversationStore(name: string, open: OpenStores): void {
  describe(`${name}: conversation store`, () => {
    describe('create, get, rename and touch', () => describeChanges(open));
    describe('list', () => describePages(open));
    describe('delete', () => describeDeletion(open));
  });
}
