import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Arrival {
  at: number;
  line: string;
  headers: IncomingHttpHeaders;
  /** Resolves when its connection is gone. */
  closed: Promise<unknown>;
}

/** Answers one request, or does not. */
export type Reply = (res: ServerResponse, arrival: Arrival) => unknown;

/** A server that does as it is told and notes what arrives. */
export async function faultServer(reply: Reply) {
  const arrivals: Arrival[] = [];
  const server = createServer((req, res) => {
    const { method, url, headers } = req.resume();
    const arrival = { at: Date.now(), line: `${method} ${url}`, headers, closed: once(res, 'close') };
    arrivals.push(arrival);
    server.emit('arrival');
    reply(res, arrival);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // The cast: a server that listens on a port has an address of this kind.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    arrivals,
    /** Resolves with the next request. */
    arrival: () => once(server, 'arrival'),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export type FaultServer = Awaited<ReturnType<typeof faultServer>>;
