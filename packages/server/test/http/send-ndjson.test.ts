import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, it, onTestFinished } from 'vitest';
import { sendNdjson } from '../../src/http/send-ndjson.ts';
import { withRecord } from '../support/requests/stream-connections.ts';

it('a client that stops reading is disconnected, and no more lines are requested', async () => {
  const { promise: ended, resolve: end } = Promise.withResolvers<number>();
  async function* endless() {
    let count = 0;
    try {
      for (; ; count += 1) yield `${'canary'.repeat(1000)}\n`;
    } finally {
      end(count);
    }
  }
  const app = express()
    .use(withRecord)
    .get('/', (_req, res) => sendNdjson(res, { status: 200, headers: [], body: endless() }, 200));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });

  const req = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }).end();
  const [res] = await once(req, 'response');
  res.pause();
  const failed = once(res, 'error');
  expect(await ended).toBeGreaterThan(0);
  res.resume();
  expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
});
