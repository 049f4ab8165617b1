import { deferred } from './deferred.ts';

export interface Notifier {
  /** Resolves at the next notification. */
  next(): Promise<void>;
  notify(): void;
}

/** Creates a notifier whose subscribers share one promise per notification. */
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
