/** How both clients handle failures. */
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ClientLimits } from '../../src/dynamo/client-limits.ts';
import { getItem } from '../../src/dynamo/commands.ts';
import type { DynamoConfig } from '../../src/dynamo/dynamo-config.ts';
import { dynamoSender } from '../../src/dynamo/sender.ts';
import { CLIENTS } from '../support/dynamo/clients.ts';
import { credentialServer } from '../support/dynamo/credential-server.ts';
import { failure, stubDynamo } from '../support/dynamo/stub-dynamo.ts';

const KEYS = { accessKeyId: 'id', secretAccessKey: 'secret' };
const COMMAND = getItem({ TableName: 'Messages', Key: { pk: 'canary' } });
const ITEM = { body: JSON.stringify({ Item: { pk: { S: 'canary' } } }) };
const HOUR_MS = 3_600_000;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe.each(CLIENTS)('the %s client', (client) => {
  async function opened(
    script: Parameters<typeof stubDynamo>,
    options: Partial<DynamoConfig> = {},
    limits: Partial<ClientLimits> = {},
  ) {
    const stub = await stubDynamo(...script);
    onTestFinished(stub.close);
    const config = { region: 'local', endpoint: stub.endpoint, credentials: KEYS, client, ...options };
    const send = dynamoSender(config, { sockets: 64, attempts: 3, attemptMs: 1000, ...limits });
    return { ...stub, get: (abortSignal = AbortSignal.timeout(10_000)) => send(COMMAND, { abortSignal }) };
  }

  it.each([
    ['InternalServerError', 500],
    ['ServiceUnavailable', 503],
    ['ThrottlingException', 400],
    ['RequestLimitExceeded', 400],
    ['ProvisionedThroughputExceededException', 400],
  ])('retries %s twice', async (name, status) => {
    vi.spyOn(Math, 'random').mockReturnValue(0.01);
    const { get, requests } = await opened([failure(name, status), failure(name, status), ITEM]);
    expect(await get()).toMatchObject({ Item: { pk: 'canary' } });
    expect(requests).toHaveLength(3);
  });

  it('retries an error of a proxy, which is not JSON', async () => {
    const { get, requests } = await opened([{ status: 502, body: '<html>' }, ITEM]);
    expect(await get()).toMatchObject({ Item: { pk: 'canary' } });
    expect(requests).toHaveLength(2);
  });

  it('throws the last error after three attempts', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.01);
    const { get, requests } = await opened([failure('ThrottlingException')]);
    await expect(get()).rejects.toHaveProperty('name', 'ThrottlingException');
    expect(requests).toHaveLength(3);
  });

  it.each([
    ['ValidationException', 400],
    ['ResourceNotFoundException', 400],
    ['AccessDeniedException', 400],
    ['ConditionalCheckFailedException', 400],
    ['RequestTimeTooSkewed', 403],
    ['NotImplemented', 501],
  ])('does not retry %s', async (name, status) => {
    const { get, requests } = await opened([failure(name, status), ITEM]);
    await expect(get()).rejects.toMatchObject({ name, message: 'canary' });
    expect(requests).toHaveLength(1);
  });

  it('adds the fields of an error, such as the item of a failed condition', async () => {
    const Item = { pk: { S: 'canary' } };
    const { get } = await opened([failure('ConditionalCheckFailedException', 400, { Item })]);
    await expect(get()).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item });
  });

  it('retries a request whose response does not arrive in time, on another connection', async () => {
    const { get, requests, connections } = await opened([undefined, ITEM], {}, { attemptMs: 200 });
    expect(await get()).toMatchObject({ Item: { pk: 'canary' } });
    expect([requests.length, connections()]).toEqual([2, 2]);
  });

  it('retries a request whose connection closes, before or during the response', async () => {
    const closed = await opened([(res) => res.destroy(), ITEM]);
    expect(await closed.get()).toMatchObject({ Item: { pk: 'canary' } });
    expect(closed.requests).toHaveLength(2);
    const cut = await opened([
      (res) => {
        res.writeHead(200, { 'content-length': 100 }).write('{"Item":');
        setTimeout(() => res.destroy(), 50);
      },
      ITEM,
    ]);
    expect(await cut.get()).toMatchObject({ Item: { pk: 'canary' } });
    expect(cut.requests).toHaveLength(2);
  });

  it('reuses connections', async () => {
    const { get, connections } = await opened([ITEM]);
    for (const _ of [1, 2, 3, 4, 5]) await get();
    // undici uses a connection again only after a turn of the event loop.
    expect(connections()).toBeLessThanOrEqual(2);
  });

  it('rejects an aborted call and closes its connection', async () => {
    const { get, requests } = await opened([
      (res) => {
        res.on('close', onClose);
        controller.abort();
      },
    ]);
    const onClose = vi.fn();
    const controller = new AbortController();
    await expect(get(controller.signal)).rejects.toHaveProperty('name', 'AbortError');
    await vi.waitFor(() => expect(onClose).toHaveBeenCalled());
    await expect(get(controller.signal)).rejects.toHaveProperty('name', 'AbortError');
    expect(requests).toHaveLength(1);
  });

  it('keeps the connection for which aborted calls have waited', async () => {
    const waiting = new AbortController();
    const { get, requests, connections } = await opened(
      [
        (res) => {
          aborted = Promise.allSettled(Array.from({ length: 20 }, () => get(waiting.signal)));
          waiting.abort();
          setTimeout(() => res.end(ITEM.body), 50);
        },
        ITEM,
      ],
      {},
      { sockets: 1 },
    );
    let aborted: Promise<unknown> = Promise.resolve();
    await get();
    await aborted;
    await get();
    expect([requests.length, connections()]).toEqual([2, 1]);
  });

  it('rejects a call that is aborted between two attempts', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.99);
    const { get, requests } = await opened([failure('ThrottlingException')]);
    await expect(get(AbortSignal.timeout(200))).rejects.toHaveProperty('name', 'AbortError');
    expect(requests).toHaveLength(1);
  });

  it.each(['RequestTimeTooSkewed', 'InvalidSignatureException', 'SignatureDoesNotMatch', 'RequestExpired'])(
    'corrects its clock after %s',
    async (name) => {
      const ahead = new Date(Date.now() + HOUR_MS);
      const skewed = { ...failure(name), headers: { date: ahead.toUTCString() } };
      const { get, requests } = await opened([skewed, ITEM]);
      await get();
      await get();
      const times = requests.map(({ headers }) => timeOf(headers['x-amz-date']) - Date.now());
      expect(times[0]).toBeLessThan(60_000);
      // The SDK then corrects it again, to the `Date` of the second response.
      for (const time of times.slice(1, 2)) expect(time).toBeGreaterThan(HOUR_MS - 60_000);
      expect(requests).toHaveLength(3);
    },
  );

  it('refreshes credentials that are about to expire', async () => {
    const vault = await credentialServer([60_000, HOUR_MS]);
    const { get, requests } = await opened([ITEM], { credentials: undefined });
    await vi.waitFor(async () => {
      await get();
      expect(requests.at(-1)?.headers.authorization).toContain('Credential=key-2/');
    });
    expect(requests[0]?.headers.authorization).toContain('Credential=key-1/');
    expect(requests[0]?.headers['x-amz-security-token']).toBe('token-1');
    expect(vault.requests).toHaveLength(2);
  });

  it('rejects a call that is aborted while its credentials load', async () => {
    const vault = await credentialServer([HOUR_MS]);
    vault.reply(undefined);
    const { get, requests } = await opened([ITEM], { credentials: undefined });
    const controller = new AbortController();
    const call = expect(get(controller.signal)).rejects.toHaveProperty('name', 'AbortError');
    await vi.waitFor(() => expect(vault.requests).toHaveLength(1));
    controller.abort();
    await call;
    expect(requests).toHaveLength(0);
  });

  it('signs with the session token', async () => {
    const { get, requests } = await opened([ITEM], { credentials: { ...KEYS, sessionToken: 'canary' } });
    await get();
    expect(requests[0]?.headers['x-amz-security-token']).toBe('canary');
    expect(requests[0]?.headers.authorization).toContain('x-amz-security-token;');
  });
});

const timeOf = (date: unknown): number =>
  Date.parse(String(date).replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z'));
