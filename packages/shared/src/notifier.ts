import { deferred } from './deferred.ts';

export interface Notifier {
  /** Resolves at the next notification. */
  next(): Promise<void>;
  notify(): void;
}

/** Everyone who waits for the next notification shares a promise. */
export function notifier(): Notifier {
  let next = deferred<void>();
  return {
    next: () => next.promise,
    notify() {
      next.resolve();
      next = deferred();
    },
  };
}
