import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { deferred } from '@async-chatbot/shared/deferred';

interface Call {
  /** Such as `PutItem`. */
  operation: string;
  /** Whether the client gave up before it got a response. */
  isAborted: boolean;
}

/** A proxy to DynamoDB that records its calls, and can hold one of them, or answer all slowly. */
export async function holdingProxy(target: string) {
  const calls: Call[] = [];
  let heldIndex = Number.POSITIVE_INFINITY;
  let held = deferred<void>();
  let released = deferred<void>();
  let delayMs = 0;

  const server = createServer(async (req, res) => {
    const call: Call = { operation: `${req.headers['x-amz-target']}`.split('.')[1] ?? '', isAborted: false };
    res.once('close', () => (call.isAborted = !res.writableFinished));
    const body = await text(req);
    calls.push(call);
    if (calls.length - 1 === heldIndex) {
      held.resolve();
      await released.promise;
    }
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    const response = await fetch(target, { method: 'POST', headers: forwarded(req), body });
    res.writeHead(response.status, { 'content-type': 'application/x-amz-json-1.0' }).end(await response.text());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The calls since the last `start`. */
    calls,
    /** Forgets all calls, and holds the call with this index. Resolves to its release once it has arrived. */
    hold(index: number) {
      calls.length = 0;
      heldIndex = index;
      [held, released] = [deferred(), deferred()];
      const { resolve } = released;
      return held.promise.then(() => () => resolve());
    },
    slow(ms: number) {
      delayMs = ms;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const forwarded = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    ['authorization', 'content-type', 'x-amz-date', 'x-amz-target'].map((name) => [name, `${headers[name]}`]),
  );
