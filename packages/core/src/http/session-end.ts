const CHECK_MS = 250;

/** Ends a stream when its session ends. */
export interface SessionEnd {
  /** Aborted with the request's signal, or when the session has ended. */
  signal: AbortSignal;
  /** Checks the session at intervals while an item is requested. */
  watch<Item>(items: AsyncIterable<Item>): AsyncIterable<Item>;
}

/** `verify` rejects with a 401 when the session has ended; other errors, such as outages, end no stream. */
export function sessionEnd(request: AbortSignal, verify: () => Promise<unknown>, checkMs = CHECK_MS): SessionEnd {
  const ended = new AbortController();
  let checkedAtMs = performance.now();

  function check(): void {
    checkedAtMs = performance.now();
    verify().catch(({ status }: { status?: number }) => {
      if (status === 401) ended.abort();
    });
  }

  return {
    signal: AbortSignal.any([request, ended.signal]),

    async *watch(items) {
      const iterator = items[Symbol.asyncIterator]();
      try {
        for (;;) {
          // Items may arrive faster than the timer fires.
          if (performance.now() - checkedAtMs >= checkMs) check();
          const timer = setInterval(check, checkMs);
          const { done, value } = await iterator.next().finally(() => clearInterval(timer));
          if (done) return;
          yield value;
        }
      } finally {
        await iterator.return?.();
      }
    },
  };
}
