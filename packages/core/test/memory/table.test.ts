import { describe, expect, it } from 'vitest';
import { memoryTable } from '../../src/memory/table.ts';
import { messageOf, newUser } from '../support/messages.ts';

const KEY = 'default#1';

function tableOf(...users: string[]) {
  const table = memoryTable();
  for (const userId of users) {
    const feedback = { rating: 'up' } as const;
    table.messages.set(userId, KEY, { message: messageOf(userId, { feedback }), run: 1, leaseEndMs: 0 });
  }
  return table;
}

describe('items', () => {
  it('are copied when stored and returned', () => {
    const user = newUser();
    const table = tableOf(user);
    const found = table.messages.get(user, KEY);
    if (found?.message.feedback) found.message.feedback.rating = 'down';
    expect(table.messages.get(user, KEY)?.message.feedback).toEqual({ rating: 'up' });
    const item = { title: 'before', id_conversation: '1', created_at: '', updated_at: '' };
    table.conversations.set(user, '1', item);
    item.title = 'after';
    expect(table.conversations.get(user, '1')?.title).toBe('before');
  });

  it('of one user, or all, can be deleted', () => {
    const [ada, bob, eve] = [newUser(), newUser(), newUser()];
    const table = tableOf(ada, bob, eve);
    table.clear(ada);
    expect(table.messages.get(ada, KEY)).toBeUndefined();
    expect(table.messages.get(bob, KEY)).toBeDefined();
    table.clear();
    expect([bob, eve].map((user) => table.messages.get(user, KEY))).toEqual([undefined, undefined]);
  });
});

describe('changes', () => {
  it('notify all subscribers of an item once', async () => {
    const user = newUser();
    const table = tableOf(user);
    const first = table.changes.next(user, KEY);
    expect(table.changes.next(user, KEY)).toBe(first);
    table.messages.delete(user, KEY);
    await first;
    const second = table.changes.next(user, KEY);
    expect(second).not.toBe(first);
    let isResolved = false;
    void second.then(() => (isResolved = true));
    // Neither another item nor a deletion of nothing is a change.
    table.messages.set(user, 'default#2', { message: messageOf(user), run: 1, leaseEndMs: 0 });
    table.messages.delete(user, KEY);
    await new Promise((resolve) => setTimeout(resolve));
    expect(isResolved).toBe(false);
  });

  it('include the deletion of everything', async () => {
    const [ada, bob] = [newUser(), newUser()];
    const table = tableOf(ada, bob);
    const changes = [ada, bob].map((user) => table.changes.next(user, KEY));
    table.clear();
    await Promise.all(changes);
  });
});
