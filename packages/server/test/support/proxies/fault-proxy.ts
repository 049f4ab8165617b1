import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * `latency`: every response is delayed. `blackhole`: requests are accepted and get no response. `reset`: connections break.
 * `lost response`: one request is processed, but its connection breaks before the response; then `pass`. With `skip`, as many
 * responses pass before.
 */
export type Mode = 'pass' | 'latency' | 'blackhole' | 'reset' | 'lost response';

/** A proxy that simulates network faults on the connections to a server. */
export async function faultProxy(target: string) {
  const { hostname, port } = new URL(target);
  const clients = new Set<Socket>();
  /** Connections whose last request has no response. */
  const busy = new Set<Socket>();
  const onRequest = new Set<(head: Buffer) => void>();
  let mode: Mode = 'pass';
  let latencyMs = 0;
  let skip = 0;
  let accepted = 0;

  const server = createServer((client) => {
    accepted += 1;
    clients.add(client);
    const upstream = connect(Number(port), hostname);
    upstream.on('error', () => client.destroy());
    upstream.on('close', () => client.end());
    client.on('error', () => client.destroy());
    client.on('close', () => {
      clients.delete(client);
      busy.delete(client);
      upstream.destroy();
    });

    client.on('data', (chunk) => {
      busy.add(client);
      for (const listener of onRequest) listener(chunk);
      if (mode === 'reset') client.resetAndDestroy();
      else if (mode !== 'blackhole') upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (mode === 'latency') setTimeout(() => respond(chunk), latencyMs);
      if (mode === 'pass' || (mode === 'lost response' && skip-- > 0)) respond(chunk);
      else if (mode === 'lost response') {
        mode = 'pass';
        client.resetAndDestroy();
      }
    });

    function respond(chunk: Buffer): void {
      busy.delete(client);
      client.write(chunk);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set(next: Mode, options: { latencyMs?: number; skip?: number } = {}) {
      mode = next;
      latencyMs = options.latencyMs ?? 0;
      skip = options.skip ?? 0;
    },
    mode: () => mode,
    /** How many connections there have been. */
    accepted: () => accepted,
    /** Returns how many requests whose head contains this text there have been since this call. */
    counter(text: string): () => number {
      let count = 0;
      onRequest.add((head) => {
        if (head.includes(text)) count += 1;
      });
      return () => count;
    },
    /** Closes the connections on which no request is waiting. */
    closeIdle() {
      for (const client of clients) if (!busy.has(client)) client.end();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const client of clients) client.destroy();
      await closed;
    },
  };
}
