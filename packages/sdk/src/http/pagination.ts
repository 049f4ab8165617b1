/** Iterates over the items of a list: those of the first page, already requested, then those of each next page. */
export function paginate(items: string, firstPage: Promise<unknown>, loadPage: (cursor: unknown) => Promise<unknown>) {
  async function* iterate(): AsyncGenerator<unknown, void> {
    for (let page: Promise<unknown> | undefined = firstPage; page; ) {
      // The cast: the operation table names the property that holds the array.
      const { [items]: found = [], next_cursor } = (await page) as Readonly<Record<string, readonly unknown[]>>;
      yield* found;
      page = next_cursor && loadPage(next_cursor);
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
