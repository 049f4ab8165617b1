import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Identity } from '@async-chatbot/core/ports/identity';
import { Problem } from '@async-chatbot/shared/problem';
import { expect, it, vi } from 'vitest';
import { withMinimumDuration } from '../../src/cognito/minimum-duration.ts';
import { testDeps } from '../support/servers/server.ts';

const credentials = { email: 'canary@example.com', password: 'canary-1' };

/** An identity that does one thing at once, and the time that its answers must wait for. */
function slowIdentity(ability: keyof Identity, act: () => unknown) {
  const { promise, resolve } = Promise.withResolvers<void>();
  // The cast: a test asks for this ability alone.
  const inner = { [ability]: async () => act() } as unknown as Identity;
  return { identity: withMinimumDuration(inner, () => promise), timeIsUp: resolve };
}

async function isOver(work: Promise<unknown>): Promise<boolean> {
  let over = false;
  const end = () => {
    over = true;
  };
  work.then(end, end);
  await nextTurn();
  return over;
}

type Case = [words: string, keyof Identity, act: () => unknown, ask: (asked: Identity) => Promise<unknown>];

const refuse = (): unknown => {
  throw new Problem('invalid-credentials');
};

it.each<Case>([
  ['a login that fails', 'login', refuse, (asked: Identity) => asked.login(credentials)],
  [
    'a registration that waits for a code',
    'register',
    () => 'unconfirmed',
    (asked: Identity) => asked.register(credentials),
  ],
  ['a code that is refused', 'confirm', refuse, (asked: Identity) => asked.confirm({ email: 'canary', code: '0' })],
  [
    'a reset that is refused',
    'resetPassword',
    refuse,
    (asked: Identity) => asked.resetPassword({ ...credentials, code: '0' }),
  ],
  ['another code', 'resendConfirmation', () => undefined, (asked: Identity) => asked.resendConfirmation('canary')],
  [
    'another code that is refused',
    'resendConfirmation',
    refuse,
    (asked: Identity) => asked.resendConfirmation('canary'),
  ],
  [
    'a code to reset the password',
    'forgotPassword',
    () => undefined,
    (asked: Identity) => asked.forgotPassword('canary'),
  ],
])('%s waits for the minimum duration and does not change', async (_words, ability, act, ask) => {
  const { identity, timeIsUp } = slowIdentity(ability, act);
  const asked = ask(identity);
  expect(await isOver(asked)).toBe(false);
  timeIsUp();
  expect(await isOver(asked)).toBe(true);
  if (act === refuse) await expect(asked).rejects.toMatchObject({ code: 'invalid-credentials' });
  else expect(await asked).toBe(act());
});

it.each<Case>([
  ['a login that succeeds', 'login', () => 'session', (asked: Identity) => asked.login(credentials)],
  ['an account that is usable at once', 'register', () => 'usable', (asked: Identity) => asked.register(credentials)],
  ['an address that is openly taken', 'register', refuse, (asked: Identity) => asked.register(credentials)],
])('%s does not wait', async (_words, ability, act, ask) => {
  expect(await isOver(ask(slowIdentity(ability, act).identity))).toBe(true);
});

it('the server has it', async () => {
  const minimumDuration = vi.fn(async () => undefined);
  const { identity } = testDeps({}, { minimumDuration });
  await expect(identity.login(credentials)).rejects.toMatchObject({ code: 'invalid-credentials' });
  expect(minimumDuration).toHaveBeenCalledOnce();
});
