import { setImmediate as tick } from 'node:timers/promises';
import type { Identity } from '@async-chatbot/core/ports/identity';
import { Problem } from '@async-chatbot/shared/problem';
import { expect, it, vi } from 'vitest';
import { withMinimumDuration } from '../../src/cognito/minimum-duration.ts';
import { testDeps } from '../support/servers/server.ts';

const credentials = { email: 'canary@example.com', password: 'canary-1' };

/** An identity that performs one operation immediately, and a minimum duration that ends with `elapse`. */
function slowIdentity(operation: keyof Identity, act: () => unknown) {
  const { promise, resolve } = Promise.withResolvers<void>();
  // The cast: a test calls this operation only.
  const inner = { [operation]: async () => act() } as unknown as Identity;
  return { identity: withMinimumDuration(inner, () => promise), elapse: resolve };
}

async function isSettled(work: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const end = () => {
    settled = true;
  };
  work.then(end, end);
  await tick();
  return settled;
}

type Case = [label: string, keyof Identity, act: () => unknown, send: (identity: Identity) => Promise<unknown>];

const reject = (): unknown => {
  throw new Problem('invalid-credentials');
};

it.each<Case>([
  ['a login that fails', 'login', reject, (identity: Identity) => identity.login(credentials)],
  [
    'a registration that requires a code',
    'register',
    () => 'unconfirmed',
    (identity: Identity) => identity.register(credentials),
  ],
  ['a rejected code', 'confirm', reject, (identity: Identity) => identity.confirm({ email: 'canary', code: '0' })],
  [
    'a rejected reset',
    'resetPassword',
    reject,
    (identity: Identity) => identity.resetPassword({ ...credentials, code: '0' }),
  ],
  [
    'a request for another code',
    'resendConfirmation',
    () => undefined,
    (identity: Identity) => identity.resendConfirmation('canary'),
  ],
  [
    'a rejected request for another code',
    'resendConfirmation',
    reject,
    (identity: Identity) => identity.resendConfirmation('canary'),
  ],
  [
    'a request for a reset code',
    'forgotPassword',
    () => undefined,
    (identity: Identity) => identity.forgotPassword('canary'),
  ],
])('%s waits for the minimum duration and does not change', async (_label, operation, act, send) => {
  const { identity, elapse } = slowIdentity(operation, act);
  const result = send(identity);
  expect(await isSettled(result)).toBe(false);
  elapse();
  expect(await isSettled(result)).toBe(true);
  if (act === reject) await expect(result).rejects.toMatchObject({ code: 'invalid-credentials' });
  else expect(await result).toBe(act());
});

it.each<Case>([
  ['a login that succeeds', 'login', () => 'session', (identity: Identity) => identity.login(credentials)],
  [
    'an account that is usable at once',
    'register',
    () => 'usable',
    (identity: Identity) => identity.register(credentials),
  ],
  [
    'a registration that reports a taken address',
    'register',
    reject,
    (identity: Identity) => identity.register(credentials),
  ],
])('%s does not wait', async (_label, operation, act, send) => {
  expect(await isSettled(send(slowIdentity(operation, act).identity))).toBe(true);
});

it('the server applies the minimum duration', async () => {
  const minimumDuration = vi.fn(async () => undefined);
  const { identity } = testDeps({}, { minimumDuration });
  await expect(identity.login(credentials)).rejects.toMatchObject({ code: 'invalid-credentials' });
  expect(minimumDuration).toHaveBeenCalledOnce();
});
