/**
 * Compares the clients for DynamoDB: CPU time per call, time to load, and memory after the calls. Each client has a process
 * of its own, which sends 32 calls at a time; another process responds.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { machine, median } from './figures.ts';
import { MESSAGES, toItem, USER } from './servers/canned.ts';
import { messageOf } from './servers/storage.ts';

const CONCURRENT = 32;
const ROUNDS = 6;
const CALLS = 1000;
const TABLE = 'Messages';
const KEYS = { accessKeyId: 'local', secretAccessKey: 'local' };
const CLIENTS = ['by hand', 'fast', 'sdk'] as const;
const LOADS = ['query of 50', 'batch of 2 puts', 'get'] as const;

type ClientName = (typeof CLIENTS)[number];
type Call = (load: (typeof LOADS)[number]) => Promise<unknown>;

const [role, url = ''] = process.argv.slice(2);
const client = CLIENTS.find((name) => name === role);
if (client) await run(client, url);
else if (role === 'server') await serve();
else await compare();

async function compare(): Promise<void> {
  const server = fork(import.meta.filename, ['server']);
  const [url] = await once(server, 'message');
  const clients: [string, ChildProcess][] = [];
  const loadMs = new Map<string, string>();
  for (const name of CLIENTS) {
    const child = fork(import.meta.filename, [name, String(url)]);
    const [ms] = await once(child, 'message');
    loadMs.set(name, `${ms}`);
    clients.push([name, child]);
  }
  const cpu = new Map<string, number[]>();
  // Alternating, so that other load on the machine affects all clients equally. The first round warms up.
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const load of LOADS)
      for (const [name, child] of clients) {
        child.send(load);
        const [micros] = await once(child, 'message');
        if (round > 0) cpu.set(name + load, [...(cpu.get(name + load) ?? []), micros]);
      }
  console.log(
    `${machine()}; µs of CPU per call, medians of ${ROUNDS} rounds of ${CALLS} calls, ${CONCURRENT} at a time\n`,
  );
  for (const [name, child] of clients) {
    const figures = LOADS.map((load) => {
      const [micros = 0, base = 1] = [name, 'by hand'].map((each) => median(cpu.get(each + load) ?? []));
      return `${load} ${micros.toFixed(0)} (× ${(micros / base).toFixed(2)})`;
    });
    child.send('memory');
    const [megabytes] = await once(child, 'message');
    console.log(`${name}: ${figures.join(', ')}; loads and calls in ${loadMs.get(name)} ms; ${megabytes} MB`);
    child.kill();
  }
  server.kill();
}

async function run(name: ClientName, url: string): Promise<void> {
  const startedAt = performance.now();
  const call = await clientOf(name, url);
  await call('get');
  process.send?.(Math.round(performance.now() - startedAt));
  process.on('message', async (load: (typeof LOADS)[number] | 'memory') => {
    if (load === 'memory') return process.send?.(Math.round(process.memoryUsage.rss() / 1e6));
    const before = process.cpuUsage();
    let left = CALLS;
    const worker = async () => {
      while (left-- > 0) await call(load);
    };
    await Promise.all(Array.from({ length: CONCURRENT }, worker));
    const { user, system } = process.cpuUsage(before);
    process.send?.((user + system) / CALLS);
  });
}

async function clientOf(name: ClientName, url: string): Promise<Call> {
  const range = {
    TableName: TABLE,
    KeyConditionExpression: 'pk = :u AND sk BETWEEN :f AND :l',
    ConsistentRead: true,
    Limit: 51,
  };
  if (name === 'by hand') {
    const { dynamoByHand } = await import('./servers/dynamo-by-hand.ts');
    const send = dynamoByHand({ url, region: 'local', secretAccessKey: 'local' });
    const puts = () => MESSAGES.slice(0, 2).map((message) => ({ PutRequest: { Item: toItem(message) } }));
    const values = { ':u': { S: USER.user_id }, ':f': { S: 'M#default#' }, ':l': { S: 'M#default#~' } };
    return async (load) => {
      if (load === 'get')
        return messageOf(
          (await send('GetItem', { TableName: TABLE, Key: { pk: { S: USER.user_id }, sk: { S: 'M' } } })).Item,
        );
      if (load === 'batch of 2 puts') return send('BatchWriteItem', { RequestItems: { [TABLE]: puts() } });
      return (await send('Query', { ...range, ExpressionAttributeValues: values })).Items.map(messageOf);
    };
  }
  const { dynamoClient } = await import('../packages/server/src/dynamo/client.ts');
  const { batchWriteItem, getItem, query } = await import('../packages/server/src/dynamo/commands.ts');
  const client = dynamoClient({ region: 'local', endpoint: url, credentials: KEYS, client: name });
  const within = { abortSignal: new AbortController().signal };
  const values = { ':u': USER.user_id, ':f': 'M#default#', ':l': 'M#default#~' };
  return async (load) => {
    if (load === 'get')
      return (await client.send(getItem({ TableName: TABLE, Key: { pk: USER.user_id, sk: 'M' } }), within)).Item;
    if (load === 'batch of 2 puts') {
      const puts = MESSAGES.slice(0, 2).map(({ id_user, id_message, ...rest }) => ({
        PutRequest: { Item: { pk: id_user, sk: `M#default#${id_message}`, ...rest } },
      }));
      return client.send(batchWriteItem({ RequestItems: { [TABLE]: puts } }), within);
    }
    return (await client.send(query({ ...range, ExpressionAttributeValues: values }), within)).Items;
  };
}

async function serve(): Promise<void> {
  const items = MESSAGES.map(toItem);
  const responses: Record<string, Buffer> = {
    Query: Buffer.from(JSON.stringify({ Items: items, Count: 50, ScannedCount: 50 })),
    GetItem: Buffer.from(JSON.stringify({ Item: items[0] })),
    BatchWriteItem: Buffer.from(JSON.stringify({ UnprocessedItems: {} })),
  };
  const { crc32 } = await import('node:zlib');
  const sums = Object.fromEntries(Object.entries(responses).map(([name, body]) => [name, crc32(body)]));
  const server = createServer((req, res) => {
    req.resume().on('end', () => {
      const name = String(req.headers['x-amz-target']).split('.')[1] ?? '';
      const body = responses[name] ?? Buffer.alloc(0);
      const headers = {
        'Content-Type': 'application/x-amz-json-1.0',
        'Content-Length': body.length,
        'x-amz-crc32': String(sums[name]),
      };
      res.writeHead(200, headers).end(body);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
}
