import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll } from 'vitest';

/**
 * A forward proxy on loopback, for requests in absolute form and CONNECT tunnels, until the test file ends. It forwards only
 * to these hosts, each mapped to another address, and records every requested host.
 */
export async function egressProxy(hosts: Readonly<Record<string, string>> = {}) {
  const requested: string[] = [];
  const addressOf = (host: string) => new URL(hosts[host] ?? `http://${host}`);
  const isKnown = (host: string) => host in hosts || host.startsWith('127.0.0.1:');

  const server = createServer((req, res) => {
    const { host, pathname, search } = new URL(req.url ?? '');
    requested.push(host);
    if (!isKnown(host)) return void res.writeHead(502).end();
    const { method, headers } = req;
    const forwarded = request(new URL(pathname + search, addressOf(host)), { method, headers }, (response) =>
      response.pipe(res.writeHead(response.statusCode ?? 502, response.headers)),
    );
    req.pipe(forwarded.on('error', () => res.destroy()));
  });
  server.on('connect', ({ url = '' }, socket, head) => {
    const host = url.replace(/:80$/, '');
    requested.push(host);
    socket.on('error', () => undefined);
    if (!isKnown(host)) return void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    const { hostname, port } = addressOf(host);
    const upstream = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('close', () => upstream.destroy());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** The requested hosts, without duplicates. */
    hosts: () => [...new Set(requested)].toSorted(),
  };
}
