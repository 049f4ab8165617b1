import type { components } from '@async-chatbot/api-spec';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type Item, type Message, marshal, PREFIX } from './canned.ts';
import { conversationUpdate, keyPut, listQuery, replyUpdate, toMessage, turnItems, turnWrite } from './commands.ts';
import { dynamoByHand } from './dynamo-by-hand.ts';
import { type Draft, type Exchange, newExchange, pendingOf } from './turn.ts';

/** The operations that need a database, with the same requests to DynamoDB as the server's. */
export interface Storage {
  list(userId: string): Promise<components['schemas']['MessagePage']>;
  /** Stores a message with its reply: completed, or pending if it is to be streamed. */
  send(draft: Draft, isStreamed?: boolean): Promise<Exchange>;
  finish(reply: Message): Promise<unknown>;
}

const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '';
const region = process.env.AWS_REGION ?? '';

/** Requests are signed and sent without the AWS SDK. */
export function storageByHand(): Storage {
  const send = dynamoByHand({ url: endpoint, region, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? '' });
  return storageOf({
    query: async (input) => (await send('Query', marshalled(input))).Items.map(messageOf),
    put: (input) => send('PutItem', { ...marshalled(input), Item: marshal(input.Item) }),
    update: (input) => send('UpdateItem', { ...marshalled(input), Key: marshal(input.Key) }),
    write: (items) => send('BatchWriteItem', turnWrite(items.map(marshal))),
  });
}

/** With the AWS SDK's document client, as its documentation shows. */
export function documentStorage(): Storage {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region, endpoint }));
  return storageOf({
    query: async (input) => ((await client.send(new QueryCommand(input))).Items ?? []).map(toMessage),
    put: (input) => client.send(new PutCommand(input)),
    update: (input) => client.send(new UpdateCommand(input)),
    write: (items) => client.send(new BatchWriteCommand(turnWrite(items))),
  });
}

interface Requests {
  query(input: ReturnType<typeof listQuery>): Promise<Message[]>;
  put(input: ReturnType<typeof keyPut>): Promise<unknown>;
  update(input: ReturnType<typeof conversationUpdate | typeof replyUpdate>): Promise<unknown>;
  write(items: object[]): Promise<unknown>;
}

function storageOf({ query, put, update, write }: Requests): Storage {
  return {
    list: async (userId) => ({ messages: (await query(listQuery(userId))).slice(0, 50) }),

    async send(draft, isStreamed = false) {
      const exchange = newExchange(draft);
      if (draft.key) await put(keyPut(draft, exchange));
      if (draft.id_conversation) await update(conversationUpdate(draft, exchange));
      const { user_message, bot_response } = exchange;
      await write(turnItems(isStreamed ? { user_message, bot_response: pendingOf(bot_response) } : exchange));
      return exchange;
    },

    finish: (reply) => update(replyUpdate(reply)),
  };
}

const marshalled = <Input extends { ExpressionAttributeValues: object }>(input: Input) => ({
  ...input,
  ExpressionAttributeValues: marshal(input.ExpressionAttributeValues),
});

/** Converts an item in one pass. */
export function messageOf({ pk, sk, ...fields }: Item): Message {
  const message: Record<string, unknown> = { id_message: textOf(sk).slice(PREFIX.length), id_user: textOf(pk) };
  for (const name in fields) {
    const value = fields[name];
    if (!value) continue;
    if ('S' in value) message[name] = value.S;
    else message[name] = 'N' in value ? Number(value.N) : value.BOOL;
  }
  // The cast: the benchmark's items are messages.
  return message as unknown as Message;
}

const textOf = (value: Item[string] | undefined): string => (value && 'S' in value ? value.S : '');
