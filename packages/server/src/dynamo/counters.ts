import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DynamoDBClient,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import type { DynamoConfig } from './client.ts';
import { RATE_LIMIT_SORT_KEY } from './keys.ts';

/** How long to send no requests after DynamoDB has failed, so that not every request waits for the deadline. */
const PAUSE_MS = 2000;

/** Enough sockets, since the deadline includes the wait for a free one. */
const SOCKETS = { keepAlive: true, maxSockets: 256 };

interface CountersOptions extends DynamoConfig {
  /** The maximum duration of a request. */
  deadlineMs: number;
}

/** RateLimiterDynamo's input, for a table with the key `key`. */
type CounterUpdate = UpdateItemCommandInput & { Key: { key: AttributeValue.SMember } };

/**
 * Implements the only method of a DynamoDB client that RateLimiterDynamo uses, for a table with the keys `pk` and `sk`.
 * Calls `onOutage` with the error at most once per pause.
 */
export function dynamoCounters(options: CountersOptions, onOutage: (error: unknown) => void) {
  const { region, endpoint, proxyEnv, credentials, deadlineMs } = options;
  const sockets = { ...SOCKETS, proxyEnv };
  const client = new DynamoDBClient({
    region,
    ...(endpoint && { endpoint }),
    ...(credentials && { credentials }),
    maxAttempts: 1,
    requestHandler: { httpAgent: sockets, httpsAgent: sockets },
  });
  let pausedUntil = 0;

  return {
    async updateItem({ Key: { key }, ExpressionAttributeValues, ...update }: CounterUpdate) {
      if (Date.now() < pausedUntil) throw new Error('DynamoDB failed a moment ago');
      const command = new UpdateItemCommand({
        ...update,
        Key: { pk: key, sk: { S: RATE_LIMIT_SORT_KEY } },
        ExpressionAttributeValues: inWholeSeconds(ExpressionAttributeValues),
      });
      try {
        const { Attributes } = await within(deadlineMs, (abortSignal) => client.send(command, { abortSignal }));
        return { Attributes: { ...Attributes, key } };
      } catch (error) {
        const isOutage = !(error instanceof ConditionalCheckFailedException);
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
function inWholeSeconds(values: Record<string, AttributeValue> = {}): Record<string, AttributeValue> {
  const { ':new_expire': expire, ...others } = values;
  return expire?.N ? { ...others, ':new_expire': { N: `${Math.floor(Number(expire.N))}` } } : values;
}

/** The SDK's own timeouts do not include loading credentials. */
function within<T>(deadlineMs: number, send: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(deadlineMs);
  const timedOut = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
  return Promise.race([send(signal), timedOut]);
}
