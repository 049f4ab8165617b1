/** Measures whether a page costs more in a long history: pages of 50 in histories of 100 and of 100,000 messages. */
import { parseArgs } from 'node:util';
import type { Message } from '@async-chatbot/core/ports/message';
import { v7 as uuid } from 'uuid';
import { embeddedDynamo } from '../packages/server/dev/dynamo.ts';
import { LOCAL_CREDENTIALS } from '../packages/server/dev/messages-table.ts';
import { dynamoClient } from '../packages/server/src/dynamo/client.ts';
import { dynamoMessageStore } from '../packages/server/src/dynamo/message-store.ts';
import { dynamoTurnStore } from '../packages/server/src/dynamo/turn-store.ts';
import { machine, median } from './figures.ts';

Object.assign(process.env, LOCAL_CREDENTIALS);
const { quick } = parseArgs({ options: { quick: { type: 'boolean' } } }).values;
const [SHORT, LONG] = quick ? [100, 2000] : [100, 100_000];
const PAGES = quick ? 20 : 301;

const dynamo = await embeddedDynamo();
const { AWS_ENDPOINT_URL_DYNAMODB: endpoint, DYNAMO_MESSAGES_TABLE: table = '' } = dynamo.environment;
const client = dynamoClient({ region: 'local', endpoint });
const now = () => new Date();
const store = dynamoMessageStore(client, { table }, now);
const turns = dynamoTurnStore(client, { table }, now);

const histories = await Promise.all([historyOf(SHORT), historyOf(LONG)]);
const pages = [
  ['the newest page', 'desc', false],
  ['the oldest page', 'asc', false],
  ['a page in the middle', 'desc', true],
] as const;

console.log(`${machine()}; pages of 50 from dynalite, medians of ${PAGES}, alternating\n`);
for (const [title, order, isInside] of pages) {
  const timesMs: number[][] = histories.map(() => []);
  // Alternating, so that other load on the machine affects both histories equally.
  for (let page = 0; page < PAGES; page++) {
    for (const [index, { userId, middle }] of histories.entries()) {
      const startedAt = performance.now();
      const { messages } = await store.list({ userId }, { limit: 50, order, cursor: isInside ? middle : undefined });
      timesMs[index]?.push(performance.now() - startedAt);
      if (messages.length !== 50) throw new Error(`Expected a page of 50 messages, got ${messages.length}`);
    }
  }
  const [short = 0, long = 0] = timesMs.map(median);
  console.log(
    `${title}: ${short.toFixed(2)} ms of ${SHORT}, ${long.toFixed(2)} ms of ${LONG}, × ${(long / short).toFixed(2)}`,
  );
}
await dynamo.close();

/** Writes the history of a new user. Returns the user and the cursor of the older half. */
async function historyOf(length: number) {
  const userId = uuid();
  const timestamp = new Date().toISOString();
  let middle: string | undefined;
  for (let written = 0; written < length; written += 25) {
    const batch = Array.from({ length: 25 }, (_, index): Message => {
      const content = `Hello, chatbot! Is it message number ${written + index} already?`;
      return { id_message: uuid(), id_user: userId, content, timestamp, is_bot: false, version: 1 };
    });
    await turns.create(batch, { leaseMs: 0 });
    if (written <= length / 2)
      middle = Buffer.from(batch[0]?.id_message.replaceAll('-', '') ?? '', 'hex').toString('base64url');
  }
  return { userId, middle };
}
