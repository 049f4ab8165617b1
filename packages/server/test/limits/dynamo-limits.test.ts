import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, inject } from 'vitest';
import { createMessagesTable } from '../../dev/messages-table.ts';
import { dynamodbLocal } from '../support/dynamodb-local.ts';
import { describeBudgets } from './contract-budgets.ts';
import { describeWindows } from './contract-windows.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '' } = inject('environment');
const table = `Limits-${randomUUID()}`;

beforeAll(() => createMessagesTable(dynalite, table));
describeBudgets('dynamoLimits on dynalite', () => ({ endpoint: dynalite, table }));
describeWindows('dynamoLimits on dynalite', () => ({ endpoint: dynalite, table }));

describe('connected', () => {
  let local: Awaited<ReturnType<typeof dynamodbLocal>> = { reason: 'not started' };
  let endpoint = '';

  beforeAll(async () => {
    local = await dynamodbLocal();
    if ('engine' in local) {
      console.log(`Limits' suite served by: ${local.engine}`);
      endpoint = local.endpoint;
      await createMessagesTable(endpoint, table);
    } else console.warn(`Limits' suite NOT RUN on DynamoDB Local: ${local.reason}`);
  }, 180_000);
  beforeEach(({ skip }) => skip('reason' in local, 'reason' in local ? local.reason : ''));
  afterAll(async () => {
    if ('close' in local) await local.close();
  });

  describeBudgets('dynamoLimits on DynamoDB Local', () => ({ endpoint, table }));
  describeWindows('dynamoLimits on DynamoDB Local', () => ({ endpoint, table }));
});
