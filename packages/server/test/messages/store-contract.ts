import type { MessageStore } from '@async-chatbot/core/ports/message-store';
import { describe } from 'vitest';
import { describeChanges } from './contract-changes.ts';
import { describeList } from './contract-list.ts';
import { describePages } from './contract-pages.ts';
import { describePut } from './contract-put.ts';
import { describeModel } from './model.ts';

/** Gives the one store that all cases share; each case is another user's. */
export type OpenStore = () => Promise<MessageStore>;

/** What every adapter of the port `MessageStore` must do. */
export function describeMessageStore(name: string, open: OpenStore): void {
  describe(name, () => {
    describe('put and get', () => describePut(open));
    describe('list', () => describeList(open));
    describe('list, page by page', () => describePages(open));
    describe('edit and delete', () => describeChanges(open));
    describe('any sequence', () => describeModel(open));
  });
}
