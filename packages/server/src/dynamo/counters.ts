import type { AttributeValue, UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { updateItem } from './commands.ts';
import type { DynamoConfig } from './dynamo-config.ts';
import { type AttributeMap, marshallMap } from './fast/marshall.ts';
import { unmarshallMap } from './fast/unmarshall.ts';
import { RATE_LIMIT_SORT_KEY } from './keys.ts';
import { dynamoSender } from './sender.ts';

/** How long to send no requests after DynamoDB has failed, so that not every request waits for the deadline. */
const PAUSE_MS = 2000;

/** Enough that no request waits for a connection, since the deadline includes the wait. */
const SOCKETS = 256;

interface CountersOptions extends DynamoConfig {
  /** The maximum duration of a request. */
  deadlineMs: number;
}

/** RateLimiterDynamo's input, for a table with the key `key`. */
type CounterUpdate = Pick<UpdateItemCommandInput, 'UpdateExpression' | 'ConditionExpression' | 'ReturnValues'> & {
  TableName: string;
  Key: { key: AttributeValue.SMember };
  ExpressionAttributeValues?: AttributeMap;
};

/**
 * Implements the only method of a DynamoDB client that RateLimiterDynamo uses, for a table with the keys `pk` and `sk`.
 * Calls `onOutage` with the error at most once per pause.
 */
export function dynamoCounters({ deadlineMs, ...config }: CountersOptions, onOutage: (error: unknown) => void) {
  const send = dynamoSender(config, { sockets: SOCKETS, attempts: 1, attemptMs: deadlineMs });
  let pausedUntil = 0;

  return {
    async updateItem({ Key: { key }, ExpressionAttributeValues = {}, ...update }: CounterUpdate) {
      if (Date.now() < pausedUntil) throw new Error('DynamoDB failed a moment ago');
      const command = updateItem({
        ...update,
        Key: { pk: key.S, sk: RATE_LIMIT_SORT_KEY },
        ExpressionAttributeValues: inWholeSeconds(unmarshallMap(ExpressionAttributeValues)),
      });
      try {
        const { Attributes = {} } = await within(deadlineMs, (abortSignal) => send(command, { abortSignal }));
        return { Attributes: { ...marshallMap(Attributes), key } };
      } catch (error) {
        const isOutage = !(error instanceof Error && error.name === 'ConditionalCheckFailedException');
        if (isOutage && Date.now() >= pausedUntil) {
          pausedUntil = Date.now() + PAUSE_MS;
          onOutage(error);
        }
        throw error;
      }
    },
  };
}

/** DynamoDB's TTL requires whole seconds; the library writes fractions. */
function inWholeSeconds(values: Record<string, unknown>): Record<string, unknown> {
  const { ':new_expire': expire, ...others } = values;
  return typeof expire === 'number' ? { ...others, ':new_expire': Math.floor(expire) } : values;
}

/** Also limits the time to load the client and its credentials, which an attempt's limit does not include. */
function within<T>(deadlineMs: number, send: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new DOMException('DynamoDB did not respond in time', 'TimeoutError'));
      controller.abort();
    }, deadlineMs);
    send(controller.signal)
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });
}
