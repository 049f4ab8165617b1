import { cursorBehind, idAt, type Order } from '@async-chatbot/shared/cursor';

/** A page of items in the order of their ids, with the place where the next one begins if there is more. */
export function pageOf<Item>(
  items: [id: string, item: Item][],
  { limit, cursor, order = 'desc' }: { limit: number; cursor?: string | undefined; order?: Order | undefined },
): { items: Item[]; next_cursor?: string } {
  const place = cursor === undefined ? undefined : idAt(cursor);
  const isOnPage = (id: string) => place === undefined || (order === 'asc' ? id >= place : id <= place);
  const left = (order === 'asc' ? items : [...items].reverse()).filter(([id]) => isOnPage(id));
  const page = left.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(([, item]) => item),
    ...(left.length > limit && last && { next_cursor: cursorBehind(last[0], order) }),
  };
}
