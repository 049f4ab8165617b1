import { activityAt, cursorAfter, cursorAfterActivity, idAt, type Order } from '@async-chatbot/shared/cursor';
import type { QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { DynamoClient } from './client.ts';
import { query } from './commands.ts';
import { ACTIVITY_INDEX, LAST } from './keys.ts';

type Item = Record<string, unknown>;

interface Listed {
  table: string;
  userId: string;
  /** Whether responses show an item. */
  isVisible: (item: Item) => boolean;
}

interface PageRequest {
  limit: number;
  cursor?: string | undefined;
}

interface Page {
  items: Item[];
  next_cursor?: string;
}

/** Queries a page of items whose sort keys are a prefix and an id, with a cursor for the next page if there is one. */
export function queryPage(
  client: DynamoClient,
  { prefix, ...listed }: Listed & { prefix: string },
  { limit, cursor, order = 'desc' }: PageRequest & { order?: Order | undefined },
): Promise<Page> {
  const start = cursor === undefined ? undefined : prefix + idAt(cursor);
  const isAscending = order === 'asc';
  return readPage(client, listed, limit, {
    sortKey: 'sk',
    isAscending,
    first: (isAscending ? start : undefined) ?? prefix,
    last: (isAscending ? undefined : start) ?? prefix + LAST,
    cursorAfterKey: (key) => cursorAfter(key.slice(prefix.length), order),
  });
}

/** Like `queryPage`, for conversations, most recent activity first. */
export function queryActivityPage(client: DynamoClient, listed: Listed, { limit, cursor }: PageRequest): Promise<Page> {
  return readPage(client, listed, limit, {
    index: ACTIVITY_INDEX.name,
    sortKey: ACTIVITY_INDEX.sortKey,
    isAscending: false,
    first: '0',
    last: cursor === undefined ? LAST : activityAt(cursor),
    cursorAfterKey: cursorAfterActivity,
  });
}

/** How many items to read after a hidden one, since expired items are adjacent. */
const AFTER_HIDDEN = 100;

interface Range {
  index?: string;
  sortKey: string;
  isAscending: boolean;
  /** The bounds of the sort key. */
  first: string;
  last: string;
  /** The cursor of the page after the item with this sort key. */
  cursorAfterKey: (sortKey: string) => string;
}

function readPage(
  client: DynamoClient,
  { table, userId, isVisible }: Listed,
  limit: number,
  { index, sortKey, isAscending, first, last, cursorAfterKey }: Range,
): Promise<Page> {
  return client.withDeadline(async (abortSignal) => {
    const found: Item[] = [];
    let next = limit + 1;
    let start: QueryCommandOutput['LastEvaluatedKey'];
    // DynamoDB's pages end at 1 MB and may be short. One more item than the limit shows whether there is a next page.
    do {
      const command = query({
        TableName: table,
        IndexName: index,
        ConsistentRead: true,
        ScanIndexForward: isAscending,
        KeyConditionExpression: `pk = :user AND ${sortKey} BETWEEN :first AND :last`,
        ExpressionAttributeValues: { ':user': userId, ':first': first, ':last': last },
        Limit: next,
        ExclusiveStartKey: start,
      });
      const { Items = [], LastEvaluatedKey } = await client.send(command, { abortSignal });
      const visible = Items.filter(isVisible);
      found.push(...visible);
      next = visible.length < Items.length ? AFTER_HIDDEN : limit + 1 - found.length;
      start = LastEvaluatedKey;
    } while (start && found.length <= limit);

    const items = found.slice(0, limit);
    const lastItem = items.at(-1);
    if (found.length <= limit || !lastItem) return { items };
    // The cast: a sort key is a string.
    return { items, next_cursor: cursorAfterKey(lastItem[sortKey] as string) };
  });
}
