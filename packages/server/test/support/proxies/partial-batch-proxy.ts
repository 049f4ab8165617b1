import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface BatchWrite {
  RequestItems: Record<string, object[]>;
}

/**
 * A proxy that processes only some items of each BatchWriteItem: as many as `process` returns for the nth request.
 */
export async function partialBatchProxy(target: string, process: (items: number, call: number) => number) {
  let calls = 0;

  const server = createServer(async (req, res) => {
    const body = await text(req);
    const operation = `${req.headers['x-amz-target']}`.split('.')[1];
    const type = { 'content-type': 'application/x-amz-json-1.0' };
    const headers = { ...type, 'x-amz-target': `${req.headers['x-amz-target']}` };
    const forward = async (sent: string) => {
      const response = await fetch(target, {
        method: 'POST',
        headers: { ...headers, ...signed(req.headers) },
        body: sent,
      });
      return { status: response.status, body: await response.text() };
    };
    if (operation !== 'BatchWriteItem') {
      const response = await forward(body);
      return void res.writeHead(response.status, type).end(response.body);
    }
    calls += 1;
    const { RequestItems }: BatchWrite = JSON.parse(body);
    const [[table = '', items = []] = []] = Object.entries(RequestItems);
    const count = process(items.length, calls);
    if (count > 0) await forward(JSON.stringify({ RequestItems: { [table]: items.slice(0, count) } }));
    const left = items.slice(count);
    res.writeHead(200, type).end(JSON.stringify({ UnprocessedItems: left.length > 0 ? { [table]: left } : {} }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The number of BatchWriteItem requests so far. */
    calls: () => calls,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const signed = (headers: Record<string, unknown>) => ({
  authorization: `${headers.authorization}`,
  'x-amz-date': `${headers['x-amz-date']}`,
});
