import { deferred } from '@async-chatbot/shared/deferred';

/** Notifies subscribers when an item changes. */
export interface Changes {
  /** Resolves at the next change. */
  next(userId: string, key: string): Promise<void>;
  notify(userId: string, key: string): void;
  clear(): void;
}

export function memoryChanges(): Changes {
  // All subscribers of an item share a promise, which is dropped when it resolves.
  const waiting = new Map<string, ReturnType<typeof deferred<void>>>();
  const nameOf = (userId: string, key: string) => `${userId} ${key}`;

  return {
    next(userId, key) {
      const name = nameOf(userId, key);
      const change = waiting.get(name) ?? deferred<void>();
      waiting.set(name, change);
      return change.promise;
    },
    notify(userId, key) {
      const name = nameOf(userId, key);
      waiting.get(name)?.resolve();
      waiting.delete(name);
    },
    // Called when everything is deleted: nothing will change any more.
    clear: () => waiting.clear(),
  };
}
