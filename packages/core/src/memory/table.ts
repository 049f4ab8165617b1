import { type Deferred, deferred } from '@async-chatbot/shared/deferred';

export type MemoryTable = ReturnType<typeof memoryTable>;

/** Items by user and key, as the stores in memory share them. Items are replaced, never changed in place. */
export function memoryTable() {
  const users = new Map<string, Map<string, unknown>>();
  const changes = new Map<string, Deferred<void>>();
  const nameOf = (userId: string, key: string) => `${userId} ${key}`;

  function announce(userId: string, key: string): void {
    const name = nameOf(userId, key);
    changes.get(name)?.resolve();
    changes.delete(name);
  }

  function remove(userId: string, key: string): void {
    if (users.get(userId)?.delete(key)) announce(userId, key);
  }

  function under<Item>(userId: string, prefix: string): (readonly [key: string, item: Item])[] {
    const items = [...(users.get(userId) ?? [])].filter(([key]) => key.startsWith(prefix));
    // The cast: a prefix stands for one kind of item.
    return items.sort(([one], [other]) => (one < other ? -1 : 1)) as [string, Item][];
  }

  return {
    // The cast: a key stands for one kind of item.
    get: <Item>(userId: string, key: string): Item | undefined => users.get(userId)?.get(key) as Item | undefined,

    put(userId: string, key: string, item: object): void {
      const items = users.get(userId) ?? new Map<string, unknown>();
      users.set(userId, items.set(key, item));
      announce(userId, key);
    },

    delete: remove,

    /** The items whose keys begin so, sorted by key. */
    under,

    deleteUnder(userId: string, prefix: string): void {
      for (const [key] of under(userId, prefix)) remove(userId, key);
    },

    /** Resolves when the item is written or deleted next. */
    nextChange(userId: string, key: string): Promise<void> {
      const name = nameOf(userId, key);
      const change = changes.get(name) ?? deferred<void>();
      changes.set(name, change);
      return change.promise;
    },

    clear(): void {
      for (const [userId, items] of users) for (const key of [...items.keys()]) remove(userId, key);
      users.clear();
      changes.clear();
    },
  };
}
