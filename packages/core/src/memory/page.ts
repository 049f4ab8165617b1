import { cursorAfter, idAt, type Order } from '@async-chatbot/shared/cursor';

/** A page of `items`, which are sorted by id, and a cursor for the next page if there is one. */
export function pageOf<Item>(
  items: [id: string, item: Item][],
  { limit, cursor, order = 'desc' }: { limit: number; cursor?: string | undefined; order?: Order | undefined },
): { items: Item[]; next_cursor?: string } {
  const start = cursor === undefined ? undefined : idAt(cursor);
  const isOnPage = (id: string) => start === undefined || (order === 'asc' ? id >= start : id <= start);
  const remaining = (order === 'asc' ? items : [...items].reverse()).filter(([id]) => isOnPage(id));
  const page = remaining.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(([, item]) => item),
    ...(remaining.length > limit && last && { next_cursor: cursorAfter(last[0], order) }),
  };
}
