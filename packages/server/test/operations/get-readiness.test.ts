import pino from 'pino';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { createDeps } from '../../src/create-deps.ts';
import { faultProxy } from '../support/proxies/fault-proxy.ts';
import { connect } from '../support/requests/client.ts';
import { startServer, testConfig } from '../support/servers/server.ts';

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

describe('getReadiness', () => {
  it('200 once everything responds, with the age of each check', async () => {
    const { ready, lines } = await checkedServer();
    await waitFor(ready, 200);
    const { body } = await ready();
    expect(body).toEqual({
      status: 'READY',
      dependencies: NAMES.map((name) => ({ name, status: 'OK', age_seconds: expect.any(Number) })),
    });
    expect(lines).toMatchObject([{ msg: 'ready', dependencies: NAMES }]);
  });

  it('200 during a later outage', async () => {
    const proxy = await faultProxy(inject('environment').AWS_ENDPOINT_URL_DYNAMODB ?? '');
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

  it('503 until an outage at the start is over', async () => {
    const proxy = await faultProxy(inject('environment').AWS_ENDPOINT_URL_DYNAMODB ?? '');
    onTestFinished(proxy.close);
    proxy.set('reset');
    const { ready } = await checkedServer({ AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint });
    await waitFor(ready, 503);
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
