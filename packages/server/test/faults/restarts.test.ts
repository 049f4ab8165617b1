/** Servers that are stopped and started again, while clients keep their connections open. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { nginx, nginxBalancing } from '../proxies/nginx.ts';
import { faultRow } from '../support/faults/fault-row.ts';
import { seconds, timed } from '../support/faults/figures.ts';
import type { Product } from '../support/faults/product.ts';
import type { ServerProcess } from '../support/faults/server-process.ts';
import { newUser, type User } from '../support/faults/user.ts';
import { freePort } from '../support/process/program.ts';
import { HOST } from '../support/requests/bad-http.ts';
import type { Send } from '../support/requests/client.ts';
import { rawConnection } from '../support/requests/raw-connection.ts';
import { http } from '../support/requests/raw-request.ts';

const RESTARTS = 20;
const CLIENTS = 12;
const KEPT_ALIVE = 30;

/** A response without what nginx adds, which the document does not describe. */
const withoutProxyHeaders =
  (send: Send): Send =>
  async (url, init) => {
    const response = await send(url, init);
    const own = [...response.headers].filter(([name]) => !['content-encoding', 'server', 'vary'].includes(name));
    return new Response(response.body, { status: response.status, headers: own });
  };

/** Sends until the server refuses connections. Returns the statuses, and the reason of the last failure. */
async function sendUntilRefused(user: User): Promise<string[]> {
  const outcomes: string[] = [];
  for (;;) {
    const outcome = await user.send({ key: randomUUID() }).then(
      ({ status }) => `${status}`,
      ({ cause }) => cause.code as string,
    );
    outcomes.push(outcome);
    if (Number.isNaN(Number(outcome))) return outcomes;
  }
}

/** Restarts two servers behind nginx in turn, and returns the outcomes of the sends in the meantime. */
async function restartBehindNginx(product: Product, direct: ServerProcess): Promise<string[]> {
  const ports = [await freePort(), await freePort()];
  const startAt = (port: number) => product.startCold({ PORT: String(port) });
  const servers = await Promise.all(ports.map(startAt));
  const baseUrl = await nginxBalancing(ports);
  let isOver = false;
  const outcomes: string[] = [];
  const client = async () => {
    const user = await newUser(direct, withoutProxyHeaders(product.clients.send));
    product.users.push(user);
    while (!isOver) {
      // nginx's 502 is not JSON.
      const outcome = await user.at({ baseUrl }).send({ key: randomUUID() }).catch(String);
      outcomes.push(typeof outcome === 'string' ? outcome : `${outcome.status}`);
      await sleep(5);
    }
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, client));
  for (let restart = 0; restart < RESTARTS; restart += 1) {
    const index = restart % 2;
    const stopped = servers[index];
    stopped?.signal('SIGTERM');
    expect(await stopped?.ended).toMatchObject({ code: 0, stderr: '' });
    servers[index] = await startAt(ports[index] ?? 0);
  }
  isOver = true;
  await clients;
  return outcomes;
}

if (!nginx) console.warn('C13 tests no restarts behind nginx: it is not installed (apt-get install nginx-light)');

faultRow(
  'C13',
  {
    fault: `SIGTERM with ${KEPT_ALIVE} clients on open connections; ${RESTARTS} restarts of two servers behind nginx, in turn`,
    criterion: 'no request is reset; behind nginx, every send gets 201; all messages are listed once',
  },
  async (open) => {
    const product = await open({ environment: { LIMIT_USER_PER_MINUTE: '1000000' } });
    const direct = await product.start();
    const stopping = await product.startCold();
    const user = direct.user.at(stopping);
    expect((await user.send()).status).toBe(201);
    const clients = Promise.all(Array.from({ length: KEPT_ALIVE }, () => sendUntilRefused(user)));
    await sleep(1000);
    stopping.signal('SIGTERM');
    const sent = (await clients).flat();
    expect(new Set(sent)).toEqual(new Set(['201', 'ECONNREFUSED']));
    expect(sent.length).toBeGreaterThan(2 * KEPT_ALIVE);
    expect(await stopping.ended).toMatchObject({ code: 0, stderr: '' });
    const figure = `${sent.length - KEPT_ALIVE} × 201, no reset`;
    if (!nginx) return figure;

    const { ms, result } = await timed(() => restartBehindNginx(product, direct));
    expect(new Set(result)).toEqual(new Set(['201']));
    expect(result.length).toBeGreaterThan(RESTARTS * CLIENTS);
    return `${figure}; behind nginx ${result.length} × 201 during ${RESTARTS} restarts in ${seconds(ms)}`;
  },
);

faultRow(
  'C14',
  {
    fault: 'SIGTERM with connections that have sent nothing, half a header or half a body',
    criterion: 'they are closed within four seconds, and the server exits with 0',
  },
  async (open) => {
    const product = await open();
    await product.start();
    const stopping = await product.startCold();
    const half = ['Content-Type: application/json', 'Content-Length: 9'];
    const connections = await Promise.all(
      ['', 'GET /health HTTP/1.1\r\n', `${http('POST /users/login HTTP/1.1', HOST, ...half)}{`].map((bytes) =>
        rawConnection(stopping.baseUrl, bytes),
      ),
    );
    await sleep(200);
    const { ms } = await timed(async () => {
      stopping.signal('SIGTERM');
      await Promise.all(connections.map(({ ended }) => ended));
    });
    expect(ms).toBeLessThan(4000);
    const exit = await timed(() => stopping.ended);
    expect(exit.result).toMatchObject({ code: 0, stderr: '' });
    expect(exit.ms).toBeLessThan(2000);
    return `closed after ${seconds(ms)}`;
  },
);
