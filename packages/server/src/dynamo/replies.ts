import type { ConversationKey } from '@async-chatbot/core/ports/message';
import type { StoredReply, TurnStore } from '@async-chatbot/core/ports/turn-store';
import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { v4 as uuid } from 'uuid';
import { assignments } from './assignments.ts';
import type { DynamoClient } from './client.ts';
import { getItem, updateItem } from './commands.ts';
import { expiresIn, hasExpired } from './expiry.ts';
import { messageKey } from './keys.ts';
import { type MessageItem, RUN_RESULTS, toMessage } from './message-item.ts';
import type { StoreOptions } from './message-store.ts';
import { unlessConditionFails } from './unless-condition-fails.ts';

/** A condition that the run is in progress and was not superseded. */
const IS_CURRENT = 'run = :run AND #status IN (:pending, :streaming)';
const RUNNING = { ':pending': 'pending', ':streaming': 'streaming' };
const REMOVED_NAMES = Object.fromEntries(RUN_RESULTS.map((name) => [`#${name}`, name]));

type Replies = Pick<TurnStore, 'claimReply' | 'getReply' | 'extendLease' | 'finishReply' | 'requestCancel'>;

/** Replies are items like user messages, with the run and lease of their generation. */
export function dynamoReplies(client: DynamoClient, { table, ttlDays }: StoreOptions, now: () => Date): Replies {
  const nowMs = () => now().getTime();

  async function read(conversation: ConversationKey, id: string): Promise<MessageItem | undefined> {
    const command = getItem({ TableName: table, Key: messageKey(conversation, id), ConsistentRead: true });
    const { Item } = await client.send(command);
    // The cast: only this folder writes these items.
    return Item && !hasExpired(Item, now()) ? (Item as MessageItem) : undefined;
  }

  function toStoredReply(item: MessageItem): StoredReply {
    const { run = 0, cancel, problem } = item;
    return { message: toMessage(item, now()), run, isCancelled: cancel === run, ...(problem && { problem }) };
  }

  async function update(
    conversation: ConversationKey,
    id: string,
    input: Partial<UpdateCommandInput>,
  ): Promise<StoredReply | undefined> {
    const command = updateItem({
      TableName: table,
      Key: messageKey(conversation, id),
      ReturnValues: 'ALL_NEW',
      ...input,
      ExpressionAttributeNames: { '#status': 'status', ...input.ExpressionAttributeNames },
    });
    const updated = await unlessConditionFails(client.send(command));
    // The cast: as above.
    return updated?.Attributes && toStoredReply(updated.Attributes as MessageItem);
  }

  return {
    async claimReply({ conversation, id_reply, reply_to, timestamp }, leaseMs) {
      const { expire } = expiresIn(ttlDays, now());
      const claim = uuid();
      const claimed = await update(conversation, id_reply, {
        UpdateExpression:
          'SET #version = if_not_exists(#version, :zero) + :one, run = if_not_exists(#version, :zero) + :one, ' +
          'claim = :claim, is_bot = :yes, reply_to = :reply_to, #timestamp = :timestamp, content = :empty, #status = :pending, ' +
          `lease = :lease${expire ? ', expire = :expire' : ''} REMOVE ${Object.keys(REMOVED_NAMES)}`,
        ConditionExpression: 'attribute_not_exists(sk) OR lease <= :now OR NOT (#status IN (:pending, :streaming))',
        ExpressionAttributeNames: { ...REMOVED_NAMES, '#version': 'version', '#timestamp': 'timestamp' },
        ExpressionAttributeValues: {
          ...RUNNING,
          ':zero': 0,
          ':one': 1,
          ':claim': claim,
          ':yes': true,
          ':reply_to': reply_to,
          ':timestamp': timestamp,
          ':empty': '',
          ':lease': nowMs() + leaseMs,
          ':now': nowMs(),
          ...(expire && { ':expire': expire }),
        },
      });
      if (claimed) return claimed;
      // The SDK retries a claim whose response was lost, and the retry finds the claim of the first attempt.
      const item = await read(conversation, id_reply);
      return item?.claim === claim ? toStoredReply(item) : undefined;
    },

    async getReply({ conversation, id_reply }) {
      const item = await read(conversation, id_reply);
      return item && toStoredReply(item);
    },

    async extendLease({ conversation, id_reply, run }, content, leaseMs) {
      const current = await update(conversation, id_reply, {
        UpdateExpression: 'SET content = :content, #status = :status, lease = :lease',
        ConditionExpression: IS_CURRENT,
        ExpressionAttributeValues: {
          ...RUNNING,
          ':run': run,
          ':content': content,
          ':status': content ? 'streaming' : 'pending',
          ':lease': nowMs() + leaseMs,
        },
      });
      return current !== undefined;
    },

    async finishReply({ conversation, id_reply, run }, { status, ...end }) {
      const { clause, names, values } = assignments(end);
      const finished = await update(conversation, id_reply, {
        UpdateExpression: `SET ${clause}, #status = :final, #version = #version + :one REMOVE lease`,
        ConditionExpression: IS_CURRENT,
        ExpressionAttributeNames: { ...names, '#version': 'version' },
        ExpressionAttributeValues: {
          ...RUNNING,
          ...values,
          ':run': run,
          ':final': status,
          ':one': 1,
        },
      });
      if (finished) return finished.message;
      // The SDK retries a request whose response was lost, and the retry finds the end that the first attempt stored.
      const found = await read(conversation, id_reply);
      return found?.run === run && found.status === status ? toMessage(found, now()) : undefined;
    },

    async requestCancel({ conversation, id_reply, run }) {
      await update(conversation, id_reply, {
        UpdateExpression: 'SET cancel = :run',
        ConditionExpression: IS_CURRENT,
        ExpressionAttributeValues: { ...RUNNING, ':run': run },
      });
    },
  };
}
