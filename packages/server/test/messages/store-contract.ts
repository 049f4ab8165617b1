import { describe } from 'vitest';
import type { OpenStores } from '../turns/ports.ts';
import { describeChanges } from './contract-changes.ts';
import { describeList } from './contract-list.ts';
import { describePages } from './contract-pages.ts';
import { describeModel } from './model.ts';

/** What every adapter of the port `MessageStore` must do. */
export function describeMessageStore(name: string, open: OpenStores): void {
  describe(`${name}: message store`, () => {
    describe('list', () => describeList(open));
    describe('pages', () => describePages(open));
    describe('edit, rate and delete', () => describeChanges(open));
    describe('any sequence', () => describeModel(open));
  });
}
