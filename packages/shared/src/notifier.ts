import { deferred } from './deferred.ts';

export interface Notifier {
  /** Resolves at the next notification. */
  next(): Promise<void>;
  notify(): void;
}

/** All subscribers share one promise for the next notification. */
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
