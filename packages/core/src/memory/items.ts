/** Items of one kind by user and key. Stores and returns copies. */
export interface Items<Item> {
  get(userId: string, key: string): Item | undefined;
  set(userId: string, key: string, item: Item): void;
  delete(userId: string, key: string): void;
  /** The items whose keys start with the prefix, sorted by key. */
  withPrefix(userId: string, prefix: string): [key: string, item: Item][];
  deleteWithPrefix(userId: string, prefix: string): void;
  clear(userId?: string): void;
}

/** Calls `onChange` after each write and deletion. */
export function memoryItems<Item>(onChange: (userId: string, key: string) => void = () => undefined): Items<Item> {
  const users = new Map<string, Map<string, Item>>();
  const keysOf = (userId: string, prefix: string) =>
    [...(users.get(userId)?.keys() ?? [])].filter((key) => key.startsWith(prefix));

  const items: Items<Item> = {
    get: (userId, key) => copy(users.get(userId)?.get(key)),
    set(userId, key, item) {
      const ofUser = users.get(userId) ?? new Map<string, Item>();
      users.set(userId, ofUser.set(key, copy(item)));
      onChange(userId, key);
    },
    delete(userId, key) {
      const ofUser = users.get(userId);
      if (!ofUser?.delete(key)) return;
      if (ofUser.size === 0) users.delete(userId);
      onChange(userId, key);
    },
    withPrefix: (userId, prefix) =>
      keysOf(userId, prefix)
        .sort()
        .flatMap((key) => {
          const item = items.get(userId, key);
          return item === undefined ? [] : [[key, item]];
        }),
    deleteWithPrefix(userId, prefix) {
      for (const key of keysOf(userId, prefix)) items.delete(userId, key);
    },
    clear(userId) {
      for (const each of userId === undefined ? [...users.keys()] : [userId]) items.deleteWithPrefix(each, '');
    },
  };
  return items;
}

/** In place of `structuredClone`, which jsdom lacks. */
function copy<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  // The cast: the copy has the same properties. Items are plain objects without arrays.
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copy(each)])) as Value;
}
