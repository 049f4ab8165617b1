import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { deferred } from '@async-chatbot/shared/deferred';
import { type DynamoRequest, type DynamoResponse, indexUnits, type Send } from '../dynamo/index-units.ts';

/** How long no request must arrive before a wave is answered. The requests of a wave were sent without waiting for each other. */
const QUIET_MS = 25;

const READS = ['GetItem', 'Query', 'BatchGetItem'];

export interface Metered {
  /** Such as `PutItem`, in the order in which they arrived. */
  operations: string[];
  readUnits: number;
  writeUnits: number;
}

/**
 * A proxy to DynamoDB that counts requests and capacity units. While it counts, it answers requests in waves, so that the number
 * of waves is the number of requests that were made one after the other.
 */
export async function meteredProxy(target: string) {
  let total: Metered | undefined;
  let answeredWaves = 0;
  let wave: { released: ReturnType<typeof deferred<void>>; lastMs: number } | undefined;

  /** Resolves when the wave of a request that has just arrived is released. */
  function inWave(): Promise<void> {
    const lastMs = performance.now();
    if (wave) wave.lastMs = lastMs;
    else {
      wave = { released: deferred<void>(), lastMs };
      void releaseWhenQuiet(wave);
    }
    return wave.released.promise;
  }

  async function releaseWhenQuiet(current: NonNullable<typeof wave>): Promise<void> {
    while (performance.now() - current.lastMs < QUIET_MS) await sleep(QUIET_MS);
    // If the event loop was blocked, this reads the requests that have arrived in the meantime.
    await sleep(1);
    if (performance.now() - current.lastMs < QUIET_MS) return releaseWhenQuiet(current);
    wave = undefined;
    answeredWaves += 1;
    current.released.resolve();
  }

  const server = createServer(async (req, res) => {
    const operation = `${req.headers['x-amz-target']}`.split('.')[1] ?? '';
    // The cast: the server sends valid requests.
    const request = JSON.parse(await text(req)) as DynamoRequest;
    const metered = total;
    metered?.operations.push(operation);
    if (metered) await inWave();
    const send: Send = (name, body) => sendTo(target, req.headers, name, body);
    const indexed = await indexUnits(operation, request, send);
    const { status, body } = await send(operation, { ...request, ReturnConsumedCapacity: 'TOTAL' });
    // Even a query that finds nothing costs a unit, which dynalite does not report.
    if (metered && READS.includes(operation)) metered.readUnits += Math.max(1, unitsOf(body));
    const written = READS.includes(operation) ? 0 : unitsOf(body) + (await indexed());
    if (metered) metered.writeUnits += written;
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    res.writeHead(status, headers).end(JSON.stringify({ ...body, ConsumedCapacity: undefined }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** How many waves of the current measurement have been answered. */
    waves: () => answeredWaves,
    /** What a function costs, including what continues in the background after it has resolved. */
    async measure(run: () => Promise<unknown>): Promise<Metered> {
      const metered: Metered = { operations: [], readUnits: 0, writeUnits: 0 };
      total = metered;
      answeredWaves = 0;
      await run();
      for (let before = -1; wave || before !== metered.operations.length; await sleep(4 * QUIET_MS))
        before = metered.operations.length;
      total = undefined;
      return metered;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A response to a failed condition reports no units, but costs one for each kilobyte of the item; here, all are smaller. */
const unitsOf = ({ ConsumedCapacity = { CapacityUnits: 1 } }: DynamoResponse): number =>
  [ConsumedCapacity].flat().reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);

async function sendTo(target: string, headers: IncomingHttpHeaders, operation: string, body: object) {
  const response = await fetch(target, {
    method: 'POST',
    headers: {
      authorization: `${headers.authorization}`,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-date': `${headers['x-amz-date']}`,
      'x-amz-target': `DynamoDB_20120810.${operation}`,
    },
    body: JSON.stringify(body),
  });
  // The cast: DynamoDB responds with JSON.
  return { status: response.status, body: (await response.json()) as DynamoResponse };
}
