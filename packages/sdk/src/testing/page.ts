import { cursorBehind, idAt, type Order } from '@async-chatbot/shared/cursor';

/** Which part of a list is asked for. */
export interface PageQuery {
  limit?: number | undefined;
  cursor?: string | undefined;
  order?: Order | undefined;
}

/** A page of items that are sorted by their ids, with the place where the next one begins if there is more. */
export function pageOf<Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
  { limit = 50, cursor, order = 'desc' }: PageQuery,
): { items: Item[]; next_cursor?: string } {
  const direction = order === 'asc' ? 1 : -1;
  const compare = (one: string, other: string) => (one === other ? 0 : one < other ? -direction : direction);
  const sorted = [...items].sort((one, other) => compare(idOf(one), idOf(other)));
  const place = cursor === undefined ? undefined : idAt(cursor);
  const from = place === undefined ? sorted : sorted.filter((item) => compare(idOf(item), place) >= 0);
  const page = from.slice(0, limit);
  const last = page.at(-1);
  if (from.length <= limit || !last) return { items: page };
  return { items: page, next_cursor: cursorBehind(idOf(last), order) };
}
