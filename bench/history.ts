/** Measures whether a page costs more in a long history: pages of 50 in histories of different lengths. */
import { v7 as uuid } from 'uuid';
import { embeddedDynamo } from '../packages/server/dev/dynamo.ts';
import { createMessagesTable, LOCAL_CREDENTIALS } from '../packages/server/dev/messages-table.ts';
import { dynamoClient } from '../packages/server/src/dynamo/client.ts';
import { dynamoMessageStore } from '../packages/server/src/dynamo/message-store.ts';
import { dynamodbLocal } from '../packages/server/test/support/dynamo/dynamodb-local.ts';
import { median } from './figures.ts';
import { toItem } from './servers/canned.ts';
import { dynamoByHand } from './servers/dynamo-by-hand.ts';

export interface HistoryOptions {
  lengths: readonly number[];
  /** How many pages of each kind are read from each history. */
  pages: number;
  /** How long writing may take. The longest history is then shorter. */
  writeMs: number;
  /** Whether to use dynalite, which starts at once, even if there is DynamoDB Local. */
  isOnDynalite: boolean;
}

export interface Histories {
  engine: string;
  /** The lengths that were written. */
  lengths: number[];
  /** The median time of a page of each history, in milliseconds. */
  pages: { title: string; medians: number[] }[];
}

interface History {
  userId: string;
  length: number;
  /** The cursor of the older half. */
  middle: string;
}

const TABLE = 'Chatbot';
/** DynamoDB's maximum number of items per batch write. */
const BATCH = 25;
const WRITERS = 8;
/** Read before the measurement, so that the code is compiled. */
const WARM_UP_PAGES = 30;

const PAGES = [
  { title: 'the newest page', isInside: false },
  { title: 'a page in the middle', isInside: true },
] as const;

/** Uses DynamoDB Local if the machine has Docker or Java, dynalite otherwise. */
export async function measureHistories({ lengths, pages, writeMs, isOnDynalite }: HistoryOptions): Promise<Histories> {
  Object.assign(process.env, LOCAL_CREDENTIALS);
  const local = await dynamodbLocal(isOnDynalite ? 'none' : undefined);
  const { engine, endpoint, close } = 'engine' in local ? local : { engine: 'dynalite', ...(await embeddedDynamo()) };
  if ('engine' in local) await createMessagesTable(endpoint, TABLE);
  const end = performance.now() + writeMs;
  const histories: History[] = [];
  for (const length of lengths) histories.push(await write(endpoint, length, end));

  const store = dynamoMessageStore(dynamoClient({ region: 'local', endpoint }), { table: TABLE }, () => new Date());
  const results = [];
  for (const { title, isInside } of PAGES) {
    const times = histories.map((): number[] => []);
    // Alternating, so that other load on the machine affects all histories equally.
    for (let page = -WARM_UP_PAGES; page < pages; page += 1) {
      for (const [index, { userId, middle }] of histories.entries()) {
        const startedAt = performance.now();
        const { messages } = await store.list({ userId }, { limit: 50, ...(isInside && { cursor: middle }) });
        if (page >= 0) times[index]?.push(performance.now() - startedAt);
        if (messages.length !== 50) throw new Error(`Expected a page of 50 messages, got ${messages.length}`);
      }
    }
    results.push({ title, medians: times.map(median) });
  }
  await close();
  return { engine: engine.split(';')[0] ?? '', lengths: histories.map(({ length }) => length), pages: results };
}

/** Writes the history of a new user, in order, until `end` at the latest. */
async function write(endpoint: string, length: number, end: number): Promise<History> {
  const send = dynamoByHand({ url: endpoint, region: 'local', secretAccessKey: 'local' });
  const userId = uuid();
  const ids: string[] = [];

  async function writeBatches(): Promise<void> {
    while (ids.length < length && performance.now() < end) {
      const batch = Array.from({ length: BATCH }, () => uuid());
      ids.push(...batch);
      const requests = batch.map((id) => ({ PutRequest: { Item: itemOf(userId, id) } }));
      const { UnprocessedItems } = await send('BatchWriteItem', { RequestItems: { [TABLE]: requests } });
      if (Object.keys(UnprocessedItems ?? { failed: true }).length > 0) throw new Error('DynamoDB refused a batch');
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writeBatches));
  const middle = ids[Math.floor(ids.length / 2)] ?? '';
  return {
    userId,
    length: ids.length,
    middle: Buffer.from(middle.replaceAll('-', ''), 'hex').toString('base64url'),
  };
}

const itemOf = (id_user: string, id_message: string) =>
  toItem({
    id_message,
    id_user,
    content: 'Hello, chatbot! Is it message number one already?',
    timestamp: '2026-11-22T07:00:00.000Z',
    is_bot: false,
    version: 1,
  });
