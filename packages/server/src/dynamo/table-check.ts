import type { TableDescription } from '@aws-sdk/client-dynamodb';
import type { Logger } from 'pino';
import type { DynamoClient } from './client.ts';
import { describeTable, describeTimeToLive } from './commands.ts';
import type { Expiring } from './expiry.ts';
import { ACTIVITY_INDEX } from './keys.ts';

export interface TableCheckOptions {
  table: string;
  /** False for an emulator that never deletes expired items. */
  hasTtl?: boolean;
}

const TTL_ATTRIBUTE: keyof Expiring = 'expire';

const { name, sortKey } = ACTIVITY_INDEX;

const REQUIREMENTS: readonly { text: string; isMet: (table: TableDescription) => boolean }[] = [
  {
    text: 'needs the string keys pk (partition) and sk (sort)',
    isMet: (table) => keysOf(table) === 'pk S HASH, sk S RANGE',
  },
  {
    text: `needs the local secondary index ${name} with the sort key ${sortKey} and all attributes`,
    isMet: ({ LocalSecondaryIndexes = [] }) =>
      LocalSecondaryIndexes.some(
        ({ IndexName, KeySchema, Projection }) =>
          IndexName === name &&
          KeySchema?.some(({ AttributeName }) => AttributeName === sortKey) &&
          Projection?.ProjectionType === 'ALL',
      ),
  },
];

const keysOf = ({ KeySchema = [], AttributeDefinitions = [] }: TableDescription): string =>
  KeySchema.map(({ AttributeName, KeyType }) => {
    const definition = AttributeDefinitions.find((attribute) => attribute.AttributeName === AttributeName);
    return `${AttributeName} ${definition?.AttributeType} ${KeyType}`;
  }).join(', ');

/**
 * Returns a function that checks the table until a check has completed. It throws a `TableError` if the table is not what the
 * stores need. Missing permissions and a missing TTL are only logged.
 */
export function tableCheck(
  client: DynamoClient,
  { table: TableName, hasTtl = true }: TableCheckOptions,
  log: Logger,
): () => Promise<void> {
  const tableLog = log.child({ dependency: 'table' });

  const checkTable = untilDone('keys and index', 'dynamodb:DescribeTable', async () => {
    const { Table = {} } = await client.send(describeTable({ TableName }));
    const unmet = REQUIREMENTS.find(({ isMet }) => !isMet(Table));
    if (unmet) throw new TableError(unmet.text);
  });

  const checkTtl = untilDone('TTL', 'dynamodb:DescribeTimeToLive', async () => {
    const { TimeToLiveDescription: ttl } = await client.send(describeTimeToLive({ TableName }));
    if (ttl?.AttributeName !== TTL_ATTRIBUTE || !ttl.TimeToLiveStatus?.startsWith('ENABL'))
      tableLog.warn(`TTL is not enabled on the attribute ${TTL_ATTRIBUTE}, so nothing expires`);
  });

  return async () => {
    await checkTable();
    if (hasTtl) await checkTtl();
  };

  function untilDone(what: string, permission: string, run: () => Promise<void>): () => Promise<void> {
    let isDone = false;
    return async () => {
      if (isDone) return;
      try {
        await run();
        isDone = true;
      } catch (error) {
        if (error instanceof TableError) throw error;
        const cause = nameOfCause(error);
        const isDenied = cause === 'AccessDeniedException';
        if (isDenied) tableLog.info(`${what} not checked: ${permission} is not allowed`);
        // Emulators may lack the operation. After any other error, the next check tries again.
        isDone = isDenied || cause === 'UnknownOperationException';
      }
    };
  }
}

const nameOfCause = (error: unknown): string | undefined =>
  error instanceof Error && error.cause instanceof Error ? error.cause.name : undefined;

class TableError extends Error {
  override name = 'TableError';
  readonly code: string;

  constructor(code: string) {
    super();
    this.code = code;
  }
}
