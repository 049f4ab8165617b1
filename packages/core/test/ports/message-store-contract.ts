import { describe } from 'vitest';
import type { OpenStores } from '../support/stores.ts';
import { describeChanges } from './message-store/changes.ts';
import { describeDeleteAll } from './message-store/delete-all.ts';
import { describeList } from './message-store/list.ts';
import { describeModel } from './message-store/model.ts';
import { describePages } from './message-store/pages.ts';

/** What every adapter of the port `MessageStore` must do. */
export function describeMessageStore(name: string, open: OpenStores): void {
  describe(`${name}: message store`, () => {
    describe('list', () => describeList(open));
    describe('pages', () => describePages(open));
    describe('edit, rate and delete', () => describeChanges(open));
    describe('deleteAll', () => describeDeleteAll(open));
    describe('any sequence', () => describeModel(open));
  });
}
