import { describe } from 'vitest';
import type { OpenStores } from '../support/stores.ts';
import { describeActivity } from './conversation-store/activity.ts';
import { describeChanges } from './conversation-store/changes.ts';
import { describeDeletion } from './conversation-store/deletion.ts';
import { describePages } from './conversation-store/pages.ts';

/** What every adapter of the port `ConversationStore` must do. */
export function describeConversationStore(name: string, open: OpenStores): void {
  describe(`${name}: conversation store`, () => {
    describe('create, get, rename and touch', () => describeChanges(open));
    describe('list', () => describePages(open));
    describe('activity', () => describeActivity(open));
    describe('delete', () => describeDeletion(open));
  });
}
