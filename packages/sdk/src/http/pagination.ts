/** All items of a list: those of the first page, under way already, and of those that `more` gets. */
export function pagesOf(items: string, first: Promise<unknown>, more: (cursor: unknown) => Promise<unknown>) {
  async function* iterate(): AsyncGenerator<unknown, void> {
    for (let page: Promise<unknown> | undefined = first; page; ) {
      // The cast: the operation table says so of an operation that has `items`.
      const { [items]: found = [], next_cursor } = (await page) as Readonly<Record<string, readonly unknown[]>>;
      yield* found;
      page = next_cursor && more(next_cursor);
    }
  }

  return {
    [Symbol.asyncIterator]: iterate,

    async toArray({ limit = Infinity } = {}) {
      const found: unknown[] = [];
      for await (const item of iterate()) if (found.push(item) >= limit) break;
      return found.slice(0, limit);
    },
  };
}
