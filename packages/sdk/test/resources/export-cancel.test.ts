import { pipeline } from 'node:stream/promises';
import { describe, expect, test, vi } from 'vitest';
import { createClient } from '../../src/index.ts';
import { beginExport, lines, readExport } from '../support/export-fixture.ts';
import { fixtureServer } from '../support/fixture-server.ts';

describe('leaving an export early', () => {
  test('with break cancels the request', async () => {
    const server = await endlessServer();
    let count = 0;
    for await (const _ of createClient({ baseUrl: server.url }).users.export()) if (++count === 1000) break;
    await vi.waitFor(() => expect(server.isClosed()).toBe(true));
  });

  test('with an error in the loop cancels the request and throws that error', async () => {
    const server = await endlessServer();
    const reason = new Error('canary disk full');
    const loop = async () => {
      for await (const _ of createClient({ baseUrl: server.url }).users.export()) throw reason;
    };
    await expect(loop()).rejects.toBe(reason);
    await vi.waitFor(() => expect(server.isClosed()).toBe(true));
  });

  test('with an abort rejects with the reason of the signal', async () => {
    const server = await endlessServer();
    const controller = new AbortController();
    const reason = { tab: 'canary closed' };
    const { seen, error } = await readExport(server.url, controller.signal, () => controller.abort(reason));
    expect(seen.length).toBeGreaterThan(0);
    expect(error).toBe(reason);
    await vi.waitFor(() => expect(server.isClosed()).toBe(true));
  });
});

/** A server with an endless export, produced as it is read. */
async function endlessServer() {
  function* endless() {
    for (;;) yield lines.join('');
  }
  let isClosed = false;
  const server = await fixtureServer((res) => {
    const stop = () => {
      isClosed = true;
    };
    return pipeline(endless, beginExport(res)).then(stop, stop);
  });
  return { ...server, isClosed: () => isClosed };
}
