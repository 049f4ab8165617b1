import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, inject } from 'vitest';
import { describeQuotas } from '../../../core/test/usage.test.ts';
import { describeReservations } from '../../../core/test/usage-reservations.test.ts';
import { createMessagesTable } from '../../dev/messages-table.ts';
import { dynamodbLocal } from '../support/dynamodb-local.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '', DYNAMO_MESSAGES_TABLE: shared = '' } = inject('environment');

describeQuotas('dynamoUsage on dynalite', () => ({ endpoint: dynalite, table: shared }));
describeReservations('dynamoUsage on dynalite', () => ({ endpoint: dynalite, table: shared }));

describe('connected', () => {
  let local: Awaited<ReturnType<typeof dynamodbLocal>> = { reason: 'not started' };
  let endpoint = '';
  const table = `Usage-${randomUUID()}`;

  beforeAll(async () => {
    local = await dynamodbLocal();
    if ('engine' in local) {
      console.log(`Usage's suite served by: ${local.engine}`);
      endpoint = local.endpoint;
      await createMessagesTable(endpoint, table);
    } else console.warn(`Usage's suite NOT RUN on DynamoDB Local: ${local.reason}`);
  }, 180_000);
  beforeEach(({ skip }) => skip('reason' in local, 'reason' in local ? local.reason : ''));
  afterAll(async () => {
    if ('close' in local) await local.close();
  });

  describeQuotas('dynamoUsage on DynamoDB Local', () => ({ endpoint, table }));
  describeReservations('dynamoUsage on DynamoDB Local', () => ({ endpoint, table }));
});
