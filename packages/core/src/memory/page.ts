import { activityAt, cursorAfter, cursorAfterActivity, idAt, type Order } from '@async-chatbot/shared/cursor';

interface PageRequest {
  limit: number;
  cursor?: string | undefined;
  order?: Order | undefined;
}

interface Page<Item> {
  items: Item[];
  next_cursor?: string;
}

/** A page of `items`, which are sorted by id, and a cursor for the next page if there is one. */
export function pageOf<Item>(
  items: [id: string, item: Item][],
  { limit, cursor, order = 'desc' }: PageRequest,
): Page<Item> {
  const start = cursor === undefined ? undefined : idAt(cursor);
  const isOnPage = (id: string) => start === undefined || (order === 'asc' ? id >= start : id <= start);
  const remaining = (order === 'asc' ? items : [...items].reverse()).filter(([id]) => isOnPage(id));
  return firstOf(remaining, limit, (id) => cursorAfter(id, order));
}

/** A page of `items`, most recent activity first. */
export function activityPageOf<Item>(
  items: [activity: string, item: Item][],
  { limit, cursor }: PageRequest,
): Page<Item> {
  const start = cursor === undefined ? undefined : activityAt(cursor);
  const remaining = items.filter(([activity]) => start === undefined || activity <= start);
  remaining.sort(([one], [other]) => (one < other ? 1 : -1));
  return firstOf(remaining, limit, cursorAfterActivity);
}

function firstOf<Item>(
  remaining: [position: string, item: Item][],
  limit: number,
  cursorAfterPosition: (position: string) => string,
): Page<Item> {
  const page = remaining.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(([, item]) => item),
    ...(remaining.length > limit && last && { next_cursor: cursorAfterPosition(last[0]) }),
  };
}
