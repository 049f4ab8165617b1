import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, inject } from 'vitest';
import { describeRateLimiter } from '../../../core/test/ports/rate-limiter-contract.ts';
import { createMessagesTable } from '../../dev/messages-table.ts';
import { CLIENTS } from '../support/dynamo/clients.ts';
import { dynamodbLocal } from '../support/dynamo/dynamodb-local.ts';
import { rateLimiterAt } from './rate-limiters.ts';

const { AWS_ENDPOINT_URL_DYNAMODB: dynalite = '' } = inject('environment');
const table = `Limits-${randomUUID()}`;

beforeAll(() => createMessagesTable(dynalite, table));
for (const client of CLIENTS)
  describeRateLimiter(`dynamoRateLimiter on dynalite with the ${client} client`, () =>
    rateLimiterAt({ endpoint: dynalite, table }, { client }),
  );

describe('with DynamoDB Local', () => {
  let local: Awaited<ReturnType<typeof dynamodbLocal>> = { reason: 'not started' };
  let endpoint = '';

  beforeAll(async () => {
    local = await dynamodbLocal();
    if ('engine' in local) {
      console.log(`Rate limiter suite runs on: ${local.engine}`);
      endpoint = local.endpoint;
      await createMessagesTable(endpoint, table);
    } else console.warn(`Rate limiter suite NOT RUN on DynamoDB Local: ${local.reason}`);
  }, 180_000);
  beforeEach(({ skip }) => skip('reason' in local, 'reason' in local ? local.reason : ''));
  afterAll(async () => {
    if ('close' in local) await local.close();
  });

  describeRateLimiter('dynamoRateLimiter on DynamoDB Local', () => rateLimiterAt({ endpoint, table }));
});
