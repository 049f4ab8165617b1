import { setTimeout as sleep } from 'node:timers/promises';
import { fixtureServer, type ReceivedRequest, type Responder } from './fixture-server.ts';

/** How a connection fails: it is reset, it is closed, or it stalls. */
export type Disconnect = 'reset' | 'end' | 'silence';

/** The parts of a response. */
export interface WireResponse {
  readonly status?: number;
  readonly headers?: readonly string[];
  readonly body: string;
}

/** Returns the bytes of a response that closes its connection. */
export function wire({ status = 200, headers = ['content-type: application/json'], body }: WireResponse): Buffer {
  const length = `content-length: ${Buffer.byteLength(body)}`;
  return Buffer.from([`HTTP/1.1 ${status} canary`, ...headers, length, 'connection: close', '', body].join('\r\n'));
}

/** Returns the bytes of a response in two chunks, without a length. */
export function chunked(body: string): Buffer {
  const half = Math.floor(body.length / 2);
  const chunks = [body.slice(0, half), body.slice(half), ''].map(
    (chunk) => `${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`,
  );
  const head = ['HTTP/1.1 200 canary', 'content-type: application/json', 'transfer-encoding: chunked', '', ''];
  return Buffer.from(head.join('\r\n') + chunks.join(''));
}

/** Sends these bytes and disconnects. */
export function sendAndDisconnect(bytes: Uint8Array, how: Disconnect): Responder {
  return ({ socket }) =>
    socket?.write(bytes, () => {
      if (how === 'reset') socket.resetAndDestroy();
      if (how === 'end') socket.end();
    });
}

/** Sends a response in two parts that arrive separately. */
export function sendInTwo(bytes: Uint8Array, at: number): Responder {
  return async ({ socket }) => {
    socket?.setNoDelay(true);
    socket?.write(bytes.subarray(0, at));
    await sleep(2);
    socket?.end(bytes.subarray(at));
  };
}

/** A server for many cases, numbered by a header. `first` responds to the first request of each, `rest` to the others. */
export async function caseServer(first: (number: number) => Responder, rest: Responder) {
  const received = new Map<number, ReceivedRequest[]>();
  const server = await fixtureServer((res, request) => {
    const number = Number(request.headers['x-case']);
    const seen = [...(received.get(number) ?? []), request];
    received.set(number, seen);
    return (seen.length === 1 ? first(number) : rest)(res, request);
  });
  return {
    ...server,
    of: (number: number) => ({ headers: { 'x-case': `${number}` } }),
    requestsOf: (number: number) => received.get(number) ?? [],
  };
}

const CONCURRENCY = 64;

/** Runs an action for every number up to the last. Limits concurrency, since connections are limited. */
export async function forEachUpTo(last: number, action: (number: number) => Promise<unknown>): Promise<void> {
  for (let start = 0; start <= last; start += CONCURRENCY) {
    const count = Math.min(CONCURRENCY, last + 1 - start);
    await Promise.all(Array.from({ length: count }, (_, index) => action(start + index)));
  }
}
