import { memoryUsers } from '@async-chatbot/core/memory/memory-users';
import { expect, it } from 'vitest';
import { ADA } from './pool.ts';

const start = (registration: 'open' | 'confirm' = 'open') =>
  memoryUsers({ registration, now: () => new Date(), newToken: () => crypto.randomUUID() });

it('addUser creates an account that can log in, whatever the registration', async () => {
  const { addUser, identity } = start('confirm');
  const user = addUser({ ...ADA, email: ADA.email.toUpperCase() });
  expect(user).toEqual({ id: expect.stringMatching(/^[\da-f-]{36}$/), email: ADA.email });
  expect(await identity.verify(await identity.login(ADA))).toMatchObject({ id: user.id });
});

it('addUser throws for a taken address and a weak password', () => {
  const { addUser } = start();
  addUser(ADA);
  expect(() => addUser(ADA)).toThrow(`The address ${ADA.email} is taken`);
  expect(() => addUser({ email: 'canary@example.com', password: 'canary7' })).toThrow('at least 8 characters');
});

it('tokens start with their kind', async () => {
  const { addUser, identity, tokenFor } = start();
  const { id } = addUser(ADA);
  const accessToken = tokenFor(ADA.email);
  expect(accessToken).toMatch(/^access-[\da-f-]{36}$/);
  expect(await identity.verify({ accessToken })).toMatchObject({ id });
  expect((await identity.login(ADA)).refreshToken).toMatch(/^refresh-[\da-f-]{36}$/);
});

it('codes count up from 100001, even after clear', async () => {
  const { codeFor, clear, identity } = start('confirm');
  for (let round = 0; round < 2; round++) {
    await identity.register(ADA);
    expect(codeFor(ADA.email.toUpperCase())).toBe('100001');
    await identity.resendConfirmation(ADA.email);
    expect(codeFor(ADA.email)).toBe('100002');
    clear();
  }
});

it('an unknown address and a code that was never sent throw', () => {
  const { addUser, codeFor, tokenFor } = start();
  expect(() => tokenFor(ADA.email)).toThrow(`No user has the address ${ADA.email}`);
  expect(() => codeFor(ADA.email)).toThrow(`No user has the address ${ADA.email}`);
  addUser(ADA);
  expect(() => codeFor(ADA.email)).toThrow(`No code was sent to ${ADA.email}`);
});

it('expireSessions leaves refresh tokens valid', async () => {
  const { addUser, expireSessions, identity } = start();
  addUser(ADA);
  const session = await identity.login(ADA);
  expireSessions();
  await expect(identity.verify(session)).rejects.toMatchObject({ code: 'unauthenticated' });
  await identity.verify(await identity.refresh(session));
});

it('endSessions invalidates all tokens', async () => {
  const { addUser, endSessions, identity } = start();
  addUser(ADA);
  const session = await identity.login(ADA);
  endSessions();
  await expect(identity.verify(session)).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(identity.refresh(session)).rejects.toMatchObject({ code: 'session-expired' });
});

it('clear deletes all accounts and sessions', async () => {
  const { addUser, clear, identity } = start();
  addUser(ADA);
  const session = await identity.login(ADA);
  clear();
  await expect(identity.login(ADA)).rejects.toMatchObject({ code: 'invalid-credentials' });
  await expect(identity.verify(session)).rejects.toMatchObject({ code: 'unauthenticated' });
  addUser(ADA);
});
