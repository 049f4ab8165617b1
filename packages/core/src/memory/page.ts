import { cursorBehind, idAt, type Order } from '@async-chatbot/shared/cursor';

interface PageQuery {
  limit: number;
  cursor?: string | undefined;
  order?: Order | undefined;
}

/** A page of items that are sorted by their ids, with the cursor of the next one if there is more. */
export function pageOf<Item>(
  items: readonly (readonly [id: string, item: Item])[],
  { limit, cursor, order = 'desc' }: PageQuery,
): { items: Item[]; next_cursor?: string } {
  const sorted = order === 'asc' ? items : [...items].reverse();
  const start = cursor === undefined ? undefined : idAt(cursor);
  const from = sorted.filter(([id]) => start === undefined || (order === 'asc' ? id >= start : id <= start));
  const page = from.slice(0, limit);
  const last = page.at(-1);
  const isLast = from.length <= limit || !last;
  return { items: page.map(([, item]) => item), ...(!isLast && { next_cursor: cursorBehind(last[0], order) }) };
}
