import type { Thread } from '@async-chatbot/core/ports/message';
import type { Reply, ReplyStore } from '@async-chatbot/core/ports/replies';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { deadline, holds, reached } from './calls.ts';
import { expiry, isKept, keyOf, type MessageItem, toMessage } from './message-item.ts';
import type { TableOptions } from './message-store.ts';

/** What is still this writing's. */
const OWN = 'run = :run AND #status IN (:pending, :streaming)';
const RUNNING = { ':pending': 'pending', ':streaming': 'streaming' };

/** Replies stand among the messages, each with the run that writes it and the end of its lease. */
export function dynamoReplies(
  client: DynamoDBDocumentClient,
  { table, keptDays }: TableOptions,
  now: () => Date,
): ReplyStore {
  const nowMs = () => now().getTime();

  async function read(thread: Thread, id: string): Promise<Reply | undefined> {
    const command = new GetCommand({ TableName: table, Key: keyOf(thread, id), ConsistentRead: true });
    const { Item } = await reached(client.send(command, deadline()));
    return Item && isKept(Item, now()) ? toReply(Item) : undefined;
  }

  function toReply(attributes: object): Reply {
    // The cast: these files alone write these items.
    const item = attributes as MessageItem;
    const { run = 0, cancel, problem } = item;
    return { message: toMessage(item, now()), run, isCancelled: cancel === run, ...(problem && { problem }) };
  }

  async function update(thread: Thread, id: string, input: Partial<UpdateCommandInput>): Promise<Reply | undefined> {
    const command = new UpdateCommand({
      TableName: table,
      Key: keyOf(thread, id),
      ReturnValues: 'ALL_NEW',
      ...input,
      ExpressionAttributeNames: { '#status': 'status', ...input.ExpressionAttributeNames },
    });
    const updated = await holds(reached(client.send(command, deadline())));
    return updated?.Attributes && toReply(updated.Attributes);
  }

  return {
    get: read,

    claim(thread, { id_message, reply_to, timestamp }, leaseMs) {
      const { expire } = expiry(keptDays, nowMs());
      return update(thread, id_message, {
        UpdateExpression:
          'SET #version = if_not_exists(#version, :zero) + :one, run = if_not_exists(#version, :zero) + :one, ' +
          'is_bot = :yes, reply_to = :reply_to, #timestamp = :timestamp, content = :nothing, #status = :pending, ' +
          `lease = :lease${expire ? ', expire = :expire' : ''} REMOVE feedback, cancel, finish_reason, problem`,
        ConditionExpression: 'attribute_not_exists(sk) OR lease <= :now OR NOT (#status IN (:pending, :streaming))',
        ExpressionAttributeNames: { '#version': 'version', '#timestamp': 'timestamp' },
        ExpressionAttributeValues: {
          ...RUNNING,
          ':zero': 0,
          ':one': 1,
          ':yes': true,
          ':reply_to': reply_to,
          ':timestamp': timestamp,
          ':nothing': '',
          ':lease': nowMs() + leaseMs,
          ':now': nowMs(),
          ...(expire && { ':expire': expire }),
        },
      });
    },

    async keep({ thread, id_message, run }, content, leaseMs) {
      const own = await update(thread, id_message, {
        UpdateExpression: 'SET content = :content, #status = :status, lease = :lease',
        ConditionExpression: OWN,
        ExpressionAttributeValues: {
          ...RUNNING,
          ':run': run,
          ':content': content,
          ':status': content ? 'streaming' : 'pending',
          ':lease': nowMs() + leaseMs,
        },
      });
      return own !== undefined;
    },

    async finish({ thread, id_message, run }, { status, ...end }) {
      const fields = Object.entries(end).filter(([, value]) => value !== undefined);
      const finished = await update(thread, id_message, {
        UpdateExpression:
          `SET ${fields.map(([name]) => `${name} = :${name}, `).join('')}` +
          '#status = :final, #version = #version + :one REMOVE lease',
        ConditionExpression: OWN,
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: {
          ...RUNNING,
          ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
          ':run': run,
          ':final': status,
          ':one': 1,
        },
      });
      if (finished) return finished.message;
      // The SDK repeats what had no answer, and the second finds what the first wrote.
      const found = await read(thread, id_message);
      return found?.run === run && found.message.status === status ? found.message : undefined;
    },

    async cancel({ thread, id_message, run }) {
      await update(thread, id_message, {
        UpdateExpression: 'SET cancel = :run',
        ConditionExpression: OWN,
        ExpressionAttributeValues: { ...RUNNING, ':run': run },
      });
    },
  };
}
