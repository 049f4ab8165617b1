import { cursorAfter, idAt, type Order } from '@async-chatbot/shared/cursor';
import { QueryCommand, type QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { DynamoClient } from './client.ts';
import { LAST } from './keys.ts';

type Item = Record<string, unknown>;

interface Range {
  table: string;
  userId: string;
  /** The part of the sort key before the id. */
  prefix: string;
  /** Whether responses show an item. */
  isVisible: (item: Item) => boolean;
}

interface Page {
  limit: number;
  cursor?: string | undefined;
  order?: Order | undefined;
}

/** Queries a page of items whose sort keys are a prefix and an id, with a cursor for the next page if there is one. */
export async function queryPage(
  client: DynamoClient,
  { table, userId, prefix, isVisible }: Range,
  { limit, cursor, order = 'desc' }: Page,
): Promise<{ items: Item[]; next_cursor?: string }> {
  const within = { abortSignal: client.deadline() };
  const cursorKey = cursor === undefined ? undefined : prefix + idAt(cursor);
  const [oldest, newest] =
    order === 'desc' ? [prefix, cursorKey ?? prefix + LAST] : [cursorKey ?? prefix, prefix + LAST];
  const found: Item[] = [];
  let start: QueryCommandOutput['LastEvaluatedKey'];
  // DynamoDB's pages end at 1 MB and may be short. One more item than the limit shows whether there is a next page.
  do {
    const command = new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      ScanIndexForward: order === 'asc',
      KeyConditionExpression: 'pk = :user AND sk BETWEEN :oldest AND :newest',
      ExpressionAttributeValues: { ':user': userId, ':oldest': oldest, ':newest': newest },
      Limit: limit + 1 - found.length,
      ExclusiveStartKey: start,
    });
    const { Items = [], LastEvaluatedKey } = await client.send(command, within);
    found.push(...Items.filter(isVisible));
    start = LastEvaluatedKey;
  } while (start && found.length <= limit);

  const items = found.slice(0, limit);
  const last = items.at(-1);
  if (found.length <= limit || !last) return { items };
  // The cast: a sort key is a string.
  return { items, next_cursor: cursorAfter((last.sk as string).slice(prefix.length), order) };
}
