import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import pino from 'pino';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { createDeps } from '../../src/create-deps.ts';
import { faultProxy } from '../support/proxies/fault-proxy.ts';
import { operationProxy } from '../support/proxies/operation-proxy.ts';
import { connect } from '../support/requests/client.ts';
import { startServer, testConfig } from '../support/servers/server.ts';

const DYNALITE = inject('environment').AWS_ENDPOINT_URL_DYNAMODB ?? '';
const NAMES = ['table', 'signing-keys', 'app-client'];

/** A server whose self-check runs, and its log. */
async function checkedServer(environment: Record<string, string> = {}) {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const deps = createDeps(testConfig(environment), log, { minimumDuration: async () => undefined });
  const { call } = connect(await startServer(deps));
  deps.readiness.start();
  onTestFinished(deps.readiness.stop);
  return { lines, stop: deps.readiness.stop, ready: () => call('GET', '/ready') };
}

const waitFor = (ready: () => Promise<{ status: number }>, status: number) =>
  expect.poll(async () => (await ready()).status, { timeout: 10_000 }).toBe(status);

/** Creates a table on the emulator, and returns its name. */
async function otherTable(keys: Record<string, 'HASH' | 'RANGE'>, types: Record<string, 'S' | 'N'>): Promise<string> {
  const TableName = `canary-${randomUUID()}`;
  const client = new DynamoDBClient({ region: 'local', endpoint: DYNALITE });
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: Object.entries(types).map(([AttributeName, AttributeType]) => ({
        AttributeName,
        AttributeType,
      })),
      KeySchema: Object.entries(keys).map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
    }),
  );
  return TableName;
}

/** The emulator, with this response to `DescribeTimeToLive`, which it does not have. */
const ttlEndpoint = (response: object) =>
  operationProxy(DYNALITE, (operation) => (operation === 'DescribeTimeToLive' ? response : undefined));

const ENABLED = { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expire' } };

describe('getReadiness', () => {
  it('200 once everything responds, with the age of each check', async () => {
    const { ready, lines } = await checkedServer({ AWS_ENDPOINT_URL_DYNAMODB: await ttlEndpoint(ENABLED) });
    await waitFor(ready, 200);
    const { body } = await ready();
    expect(body).toEqual({
      status: 'READY',
      dependencies: NAMES.map((name) => ({ name, status: 'OK', age_seconds: expect.any(Number) })),
    });
    expect(lines).toMatchObject([{ msg: 'ready', dependencies: NAMES }]);
  });

  it('200 during a later outage', async () => {
    const proxy = await faultProxy(DYNALITE);
    onTestFinished(proxy.close);
    const { ready } = await checkedServer({ AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint });
    await waitFor(ready, 200);
    proxy.set('reset');
    expect((await ready()).status).toBe(200);
  });

  it.each([
    ['table', { DYNAMO_MESSAGES_TABLE: 'canary' }, 'ResourceNotFoundException'],
    ['app-client', { COGNITO_APP_CLIENT_ID: 'canary' }, 'ResourceNotFoundException'],
    ['signing-keys', { COGNITO_USER_POOL_ID: 'eu-west-1_canary' }, 'JwksOutageError'],
  ])('503 with a wrong %s, which the log names', async (dependency, environment, reason) => {
    const { ready, lines } = await checkedServer(environment);
    await expect
      .poll(() => lines, { timeout: 10_000 })
      .toContainEqual(
        expect.objectContaining({ msg: 'dependency failed', dependency, reason: expect.stringContaining(reason) }),
      );
    const { status, body, headers } = await ready();
    expect([status, body.code]).toEqual([503, 'not-ready']);
    expect(headers.get('retry-after')).toBe('2');
  });

  it('503 with a table whose keys are wrong, and one log line that says so (C20)', async () => {
    const { ready, lines } = await checkedServer({
      DYNAMO_MESSAGES_TABLE: await otherTable({ id: 'HASH', time: 'RANGE' }, { id: 'S', time: 'N' }),
    });
    await expect.poll(() => lines, { timeout: 10_000 }).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      msg: 'dependency failed',
      dependency: 'table',
      reason: 'TableError needs the string keys pk (partition) and sk (sort)',
    });
    expect((await ready()).status).toBe(503);
  });

  it.each([
    ['swapped', { sk: 'HASH', pk: 'RANGE' }, { sk: 'S', pk: 'S' }],
    ['of another type', { pk: 'HASH', sk: 'RANGE' }, { pk: 'S', sk: 'N' }],
    ['incomplete', { pk: 'HASH' }, { pk: 'S' }],
  ] as const)('503 with a table whose keys are %s', async (_how, keys, types) => {
    const { lines } = await checkedServer({ DYNAMO_MESSAGES_TABLE: await otherTable(keys, types) });
    await expect.poll(() => lines[0]?.reason, { timeout: 10_000 }).toMatch(/^TableError needs the string keys/);
  });

  it('503 with a table without the index of conversations', async () => {
    const { lines } = await checkedServer({
      DYNAMO_MESSAGES_TABLE: await otherTable({ pk: 'HASH', sk: 'RANGE' }, { pk: 'S', sk: 'S' }),
    });
    const reason = /^TableError needs the local secondary index by-activity/;
    await expect.poll(() => lines[0]?.reason, { timeout: 10_000 }).toMatch(reason);
  });

  it.each([
    ['without TTL', { TimeToLiveDescription: { TimeToLiveStatus: 'DISABLED' } }],
    ['with TTL on another attribute', { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl' } }],
  ])('200 %s, with a warning', async (_how, ttl) => {
    const { ready, lines } = await checkedServer({
      AWS_ENDPOINT_URL_DYNAMODB: await ttlEndpoint(ttl),
    });
    await waitFor(ready, 200);
    expect(lines.filter(({ msg }) => msg !== 'ready')).toMatchObject([
      { level: 40, dependency: 'table', msg: 'TTL is not enabled on the attribute expire, so nothing expires' },
    ]);
  });

  it('200 on an emulator that has no TTL operations, without a warning', async () => {
    const unknown = { __type: 'com.amazon.coral.service#UnknownOperationException' };
    const { ready, lines } = await checkedServer({ AWS_ENDPOINT_URL_DYNAMODB: await ttlEndpoint(unknown) });
    await waitFor(ready, 200);
    expect(lines).toMatchObject([{ msg: 'ready' }]);
  });

  it('200 without the permissions to check the table, logged once', async () => {
    const endpoint = await operationProxy(DYNALITE, (operation) =>
      operation.startsWith('Describe') ? { __type: 'AccessDeniedException' } : undefined,
    );
    const { ready, lines } = await checkedServer({ AWS_ENDPOINT_URL_DYNAMODB: endpoint });
    await waitFor(ready, 200);
    expect(lines.filter(({ msg }) => msg !== 'ready')).toMatchObject([
      { level: 30, dependency: 'table', msg: 'keys and index not checked: dynamodb:DescribeTable is not allowed' },
      { level: 30, dependency: 'table', msg: 'TTL not checked: dynamodb:DescribeTimeToLive is not allowed' },
    ]);
  });

  it('503 until an outage at the start is over', async () => {
    const proxy = await faultProxy(DYNALITE);
    onTestFinished(proxy.close);
    proxy.set('reset');
    const { ready, lines } = await checkedServer({ AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint });
    const failed = expect.objectContaining({ dependency: 'table', msg: 'dependency failed' });
    await expect.poll(() => lines, { timeout: 10_000 }).toContainEqual(failed);
    expect((await ready()).status).toBe(503);
    proxy.set('pass');
    await waitFor(ready, 200);
  });

  it('503 from the start of a shutdown', async () => {
    const { ready, stop } = await checkedServer();
    await waitFor(ready, 200);
    stop();
    expect((await ready()).status).toBe(503);
  });

  it('422 for an unknown query parameter', async () => {
    const { call } = connect(await startServer());
    expect((await call('GET', '/ready?verbose=1')).status).toBe(422);
  });
});
