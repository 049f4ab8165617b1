import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

/** A signing key and its published JWK. */
export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  jwk: Record<string, unknown>;
}

export function signingKey(kid: string): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' } };
}

type Respond = (res: ServerResponse) => void;

/** A pool's JWKS endpoint, at any path, that tests control until the test file ends. */
export async function jwksServer(...published: SigningKey[]) {
  let respond: Respond = () => undefined;
  let fetches = 0;
  let held = Promise.resolve();

  const server = createServer(async (_req, res) => {
    fetches += 1;
    await held;
    respond(res);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const controls = {
    endpoint,
    uri: `${endpoint}/.well-known/jwks.json`,
    /** How often the keys were fetched. */
    fetches: () => fetches,
    respondWith(next: Respond): void {
      respond = next;
    },
    /** Responds with only these keys. */
    publish(...keys: Pick<SigningKey, 'jwk'>[]): void {
      respond = (res) => res.end(JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }));
    },
    /** Accepts requests and breaks their connections. */
    fail(): void {
      respond = (res) => res.destroy();
    },
    /** Delays every response until the returned function is called. */
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
  };
  controls.publish(...published);
  return controls;
}
