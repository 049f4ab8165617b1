import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll } from 'vitest';

/**
 * A forward proxy on loopback, for requests in absolute form and tunnels by CONNECT, until the test file ends. It knows the
 * way to these hosts alone, each of which is another address, and notes the host of everything that it is asked for.
 */
export async function egressProxy(hosts: Readonly<Record<string, string>> = {}) {
  const asked: string[] = [];
  const addressOf = (host: string) => new URL(hosts[host] ?? `http://${host}`);
  const isKnown = (host: string) => host in hosts || host.startsWith('127.0.0.1:');

  const server = createServer((req, res) => {
    const { host, pathname, search } = new URL(req.url ?? '');
    asked.push(host);
    if (!isKnown(host)) return void res.writeHead(502).end();
    const { method, headers } = req;
    const forwarded = request(new URL(pathname + search, addressOf(host)), { method, headers }, (answer) =>
      answer.pipe(res.writeHead(answer.statusCode ?? 502, answer.headers)),
    );
    req.pipe(forwarded.on('error', () => res.destroy()));
  });
  server.on('connect', ({ url = '' }, socket, head) => {
    const host = url.replace(/:80$/, '');
    asked.push(host);
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
    /** The hosts that were asked for, each once. */
    hosts: () => [...new Set(asked)].toSorted(),
  };
}
