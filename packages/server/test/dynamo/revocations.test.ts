import { randomUUID } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dynamoClient } from '../../src/dynamo/client.ts';
import { dynamoRevocations } from '../../src/dynamo/revocations.ts';
import { CLIENTS } from '../support/dynamo/clients.ts';
import { intercepted } from '../support/dynamo/intercepted.ts';
import { allItems } from '../support/dynamo/stored.ts';
import { faultProxy } from '../support/proxies/fault-proxy.ts';
import { testConfig } from '../support/servers/server.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const { dynamo } = testConfig();

describe.each(CLIENTS)('revocations with the %s client', (clientName) => {
  /** A server with a clock that the test can advance. */
  function newServer({ endpoint = dynamo.endpoint, skewMs = 0 } = {}) {
    let aheadMs = skewMs;
    let queries = 0;
    const client = intercepted(dynamoClient({ ...dynamo, endpoint, client: clientName }), (_command, next) => {
      queries += 1;
      return next();
    });
    const revocations = dynamoRevocations(client, dynamo.table, () => new Date(Date.now() + aheadMs));
    return {
      ...revocations,
      advance(ms: number) {
        aheadMs += ms;
      },
      queries: () => queries,
    };
  }

  const newSession = (loggedInAt = new Date(Date.now() - 60_000)) => ({
    sessionId: randomUUID(),
    user: { id: randomUUID(), loggedInAt },
  });

  it('a revocation takes effect at once on this server, and a second later on another', async () => {
    const [here, there] = [newServer(), newServer()];
    const session = newSession();
    expect([await here.has(session), await there.has(session)]).toEqual([false, false]);
    await here.revokeSession(session.sessionId, DAY_MS);
    expect(await here.has(session)).toBe(true);
    there.advance(1000);
    expect(await there.has(session)).toBe(true);
    expect(await there.has(newSession())).toBe(false);
  });

  it('a server that starts later reads earlier revocations', async () => {
    const session = newSession();
    await newServer().revokeSession(session.sessionId, DAY_MS);
    expect(await newServer().has(session)).toBe(true);
  });

  it('revocations reach servers with different clocks', async () => {
    for (const skewMs of [-4000, 4000]) {
      const [here, there] = [newServer({ skewMs }), newServer()];
      const session = newSession();
      await there.has(session);
      await here.revokeSession(session.sessionId, DAY_MS);
      there.advance(1000);
      expect(await there.has(session)).toBe(true);
    }
  });

  it('a server whose clock was set back still reads new revocations', async () => {
    const [here, there] = [newServer(), newServer()];
    const session = newSession();
    await there.has(session);
    for (const server of [here, there]) server.advance(-60 * 60_000);
    await here.revokeSession(session.sessionId, DAY_MS);
    expect(await there.has(session)).toBe(true);
  });

  it('a revocation of a user covers earlier sessions, and no later ones', async () => {
    const server = newServer();
    const { sessionId, user } = newSession();
    await server.revokeUser(user.id, DAY_MS);
    const openedAt = (atMs: number) => ({ sessionId, user: { ...user, loggedInAt: new Date(atMs) } });
    const nextSecondMs = Math.floor(Date.now() / 1000 + 1) * 1000;
    expect(await server.has(openedAt(Date.now() - 60_000))).toBe(true);
    expect(await server.has(openedAt(nextSecondMs + 1000))).toBe(false);
    expect(await server.has(newSession())).toBe(false);
  });

  it('a revocation is dropped when it has expired', async () => {
    const server = newServer();
    const session = newSession();
    await server.revokeSession(session.sessionId, 60_000);
    server.advance(59_000);
    expect(await server.has(session)).toBe(true);
    server.advance(62_000);
    expect(await server.has(session)).toBe(false);
  });

  it('the list is read at most every half second, whatever the number of requests', async () => {
    const server = newServer();
    const session = newSession();
    await Promise.all(Array.from({ length: 100 }, () => server.has(session)));
    expect(server.queries()).toBe(1);
    server.advance(200);
    await server.has(session);
    expect(server.queries()).toBe(1);
    server.advance(500);
    await Promise.all(Array.from({ length: 100 }, () => server.has(session)));
    expect(server.queries()).toBe(2);
  });

  it('a session is stored once, however often it is revoked', async () => {
    const server = newServer();
    const { sessionId } = newSession();
    for (let n = 0; n < 20; n += 1) await server.revokeSession(sessionId, DAY_MS);
    expect(server.queries()).toBe(1);
    // A longer revocation is stored again.
    await server.revokeSession(sessionId, 30 * DAY_MS);
    expect(server.queries()).toBe(2);
  });

  it('hasNow reads the list again', async () => {
    const [here, there] = [newServer(), newServer()];
    const session = newSession();
    await there.has(session);
    await here.revokeSession(session.sessionId, DAY_MS);
    expect(await there.hasNow(session)).toBe(true);
  });

  it('the table contains no user id', async () => {
    const { user } = newSession();
    await newServer().revokeUser(user.id, DAY_MS);
    expect(JSON.stringify(await allItems(dynamo))).not.toContain(user.id);
  });

  it('an outage at start is `service-unavailable`, and a later one leaves the list unchanged', async () => {
    const proxy = await faultProxy(dynamo.endpoint ?? '');
    onTestFinished(proxy.close);
    const server = newServer({ endpoint: proxy.endpoint });
    const [ended, open] = [newSession(), newSession()];

    proxy.set('reset');
    await expect(server.has(open)).rejects.toMatchObject({ code: 'service-unavailable' });
    proxy.set('pass');
    server.advance(1000);
    expect(await server.has(open)).toBe(false);

    await server.revokeSession(ended.sessionId, DAY_MS);
    proxy.set('reset');
    server.advance(1000);
    expect([await server.has(open), await server.has(ended)]).toEqual([false, true]);
  });

  it('a revocation that could not be stored is stored when DynamoDB recovers', async () => {
    const proxy = await faultProxy(dynamo.endpoint ?? '');
    onTestFinished(proxy.close);
    const [here, there] = [newServer({ endpoint: proxy.endpoint }), newServer()];
    const session = newSession();
    await Promise.all([here.has(session), there.has(session)]);

    proxy.set('reset');
    await expect(here.revokeSession(session.sessionId, DAY_MS)).rejects.toMatchObject({ code: 'service-unavailable' });
    expect(await here.has(session)).toBe(true);
    // Meanwhile, the other server has read newer revocations, and does not read this far back.
    for (const server of [here, there]) server.advance(60_000);
    expect(await there.has(session)).toBe(false);
    proxy.set('pass');
    await here.has(session);
    there.advance(1000);
    expect(await there.has(session)).toBe(true);
  });
});
