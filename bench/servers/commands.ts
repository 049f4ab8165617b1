/** The inputs of DynamoDB's operations, as the server sends them, with plain values. */
import { hash } from 'node:crypto';
import { type Message, PREFIX } from './canned.ts';
import type { Draft, Exchange } from './turn.ts';

const TableName = 'Messages';

export const listQuery = (userId: string) => ({
  TableName,
  ConsistentRead: true,
  ScanIndexForward: false,
  KeyConditionExpression: 'pk = :user AND sk BETWEEN :first AND :last',
  ExpressionAttributeValues: { ':user': userId, ':first': PREFIX, ':last': `${PREFIX}~` },
  Limit: 51,
});

/** Takes an idempotency key. */
export function keyPut({ userId, key = '', ...request }: Draft, { user_message }: Exchange) {
  const { id_message, id_reply, timestamp } = user_message;
  const takenAtMs = Date.now();
  const expire = Math.floor(takenAtMs / 1000) + 24 * 60 * 60;
  const item = { id_message, id_reply, timestamp, request: hash('sha256', JSON.stringify(request)), takenAtMs, expire };
  return {
    TableName,
    Item: { pk: userId, sk: `I#${hash('sha256', key)}`, ...item },
    ConditionExpression: 'attribute_not_exists(sk) OR expire <= :now',
    ExpressionAttributeValues: { ':now': takenAtMs / 1000 },
  };
}

/** Moves a conversation to the top of the list. */
export const conversationUpdate = ({ userId, id_conversation, content }: Draft, { user_message }: Exchange) => ({
  TableName,
  Key: { pk: userId, sk: `C#${id_conversation}` },
  UpdateExpression: 'SET title = if_not_exists(title, :title), updated_at = :updated_at, activity = :activity',
  ConditionExpression:
    'attribute_exists(sk) AND attribute_not_exists(deleted) AND (attribute_not_exists(expire) OR expire > :now) ' +
    'AND updated_at <= :updated_at',
  ExpressionAttributeValues: {
    ':updated_at': user_message.timestamp,
    ':activity': `${user_message.timestamp}#${id_conversation}`,
    ':title': content.slice(0, 80),
    ':now': Date.now() / 1000,
  },
  ReturnValues: 'ALL_NEW' as const,
});

export const turnItems = ({ user_message, bot_response }: Exchange): object[] => [
  itemOf(user_message),
  { ...itemOf(bot_response), run: 1, ...(bot_response.status === 'pending' && { lease: Date.now() + 15_000 }) },
];

/** Writes the message and its reply in one request. */
export const turnWrite = <Item>(items: Item[]) => ({
  RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) },
});

export const replyUpdate = (reply: Message) => ({
  TableName,
  Key: keyOf(reply),
  UpdateExpression:
    'SET content = :content, finish_reason = :reason, #status = :final, version = :version REMOVE lease',
  ConditionExpression: 'run = :run AND #status IN (:pending, :streaming)',
  ExpressionAttributeNames: { '#status': 'status' },
  ExpressionAttributeValues: {
    ':pending': 'pending',
    ':streaming': 'streaming',
    ':content': reply.content,
    ':reason': 'stop',
    ':run': 1,
    ':final': 'completed',
    ':version': 2,
  },
  ReturnValues: 'ALL_NEW' as const,
});

/** Converts an item with plain values. */
export function toMessage({ pk, sk, run, lease, ...fields }: Record<string, unknown>): Message {
  // The cast: the benchmark's items are messages.
  return { id_message: String(sk).slice(PREFIX.length), id_user: pk, ...fields } as Message;
}

const keyOf = ({ id_user, id_conversation = 'default', id_message }: Message) => ({
  pk: id_user,
  sk: `M#${id_conversation}#${id_message}`,
});

function itemOf(message: Message): object {
  const { id_message, id_user, id_conversation, ...fields } = message;
  return { ...keyOf(message), ...fields };
}
