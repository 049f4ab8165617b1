/**
 * What a generator gives, which is told by its signal when nobody wants more: a plain generator that waits would not notice
 * before what it waits for has come.
 */
export function abandonable<Item>(
  generate: (abandoned: AbortSignal) => AsyncGenerator<Item, void>,
): AsyncIterableIterator<Item, void> {
  const abandoned = new AbortController();
  const items = generate(abandoned.signal);
  return {
    next: () => items.next(),
    return() {
      abandoned.abort();
      return items.return();
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
