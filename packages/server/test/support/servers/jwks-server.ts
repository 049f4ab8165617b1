import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

/** What signs tokens, and what a pool publishes of it. */
export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
  jwk: Record<string, unknown>;
}

export function signingKey(kid: string): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' } };
}

type Answer = (res: ServerResponse) => void;

/** A pool's JWKS endpoint, under whatever path, that does what a test wants until the test file ends. */
export async function jwksServer(...published: SigningKey[]) {
  let answer: Answer = () => undefined;
  let fetches = 0;
  let held = Promise.resolve();

  const server = createServer(async (_req, res) => {
    fetches += 1;
    await held;
    answer(res);
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
    /** How often the keys were asked for. */
    fetches: () => fetches,
    answerWith(next: Answer): void {
      answer = next;
    },
    /** Answers with these keys alone. */
    publish(...keys: Pick<SigningKey, 'jwk'>[]): void {
      answer = (res) => res.end(JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }));
    },
    /** Takes requests and breaks their connections. */
    fail(): void {
      answer = (res) => res.destroy();
    },
    /** Answers nobody before the function that is returned is called. */
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
  };
  controls.publish(...published);
  return controls;
}
