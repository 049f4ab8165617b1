import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RefreshTokenReuseException } from '@aws-sdk/client-cognito-identity-provider';
import { expect, it } from 'vitest';
import { CLIENT, claimsOf, HOUR_MS, loggedInAt, poolFolder, startPool } from '../../support/servers/cognito-pool.ts';

const SECOND_MS = 1000;
const DAY_MS = 24 * HOUR_MS;
const refused = { name: 'NotAuthorizedException' };

it('returns new tokens of the same session for a refresh token', async () => {
  const pool = await startPool();
  const { tokens } = await loggedInAt(pool);
  pool.passes(HOUR_MS);
  const renewed = await pool.refresh(tokens.refresh);

  const [before, after] = [claimsOf(tokens.access), claimsOf(renewed.access)];
  for (const name of ['sub', 'origin_jti', 'auth_time']) expect(after[name]).toBe(before[name]);
  expect(after.jti).not.toBe(before.jti);
  expect(after.iat).toBe(Number(before.iat) + 3600);
  expect(after.exp).toBe(Number(before.exp) + 3600);
  expect(claimsOf(renewed.id)).toMatchObject({ origin_jti: before.origin_jti, auth_time: before.auth_time });
  expect(renewed.expiresIn).toBe(3600);
  expect(renewed.refresh).not.toBe(tokens.refresh);
  expect(renewed.refresh).toMatch(/^eyJ[\w-]+(\.[\w-]+){4}$/);
  await pool.cognito.getUser({ AccessToken: renewed.access });
});

it('opens a session for each login', async () => {
  const pool = await startPool();
  const ada = await loggedInAt(pool);
  expect(claimsOf((await pool.login(ada)).access).origin_jti).not.toBe(claimsOf(ada.tokens.access).origin_jti);
});

it('accepts a token again within 30 seconds, and then reports a reuse', async () => {
  const pool = await startPool();
  const { tokens } = await loggedInAt(pool);
  const first = await pool.refresh(tokens.refresh);
  pool.passes(29 * SECOND_MS);
  const second = await pool.refresh(tokens.refresh);
  pool.passes(SECOND_MS);
  await expect(pool.refresh(tokens.refresh)).rejects.toBeInstanceOf(RefreshTokenReuseException);
  // Whichever response arrived, its token is valid.
  await pool.refresh(first.refresh);
  await pool.refresh(second.refresh);
});

it('accepts no token again without a grace period', async () => {
  const pool = await startPool({ refreshGraceSeconds: 0 });
  const { tokens } = await loggedInAt(pool);
  await pool.refresh(tokens.refresh);
  await expect(pool.refresh(tokens.refresh)).rejects.toMatchObject({ name: 'RefreshTokenReuseException' });
});

it('accepts twenty concurrent refreshes of one token, with valid results', async () => {
  const pool = await startPool();
  const { tokens } = await loggedInAt(pool);
  const renewed = await Promise.all(Array.from({ length: 20 }, () => pool.refresh(tokens.refresh)));
  expect(new Set(renewed.map(({ refresh }) => refresh)).size).toBe(20);
  await Promise.all(renewed.map(({ refresh }) => pool.refresh(refresh)));
});

it('rejects an unknown token', async () => {
  const pool = await startPool();
  const { tokens } = await loggedInAt(pool);
  await expect(pool.refresh(`${tokens.refresh}a`)).rejects.toMatchObject(refused);
  await expect(pool.refresh('canary')).rejects.toMatchObject(refused);
});

it('ends a session 30 days after its login, however often it is refreshed', async () => {
  const pool = await startPool();
  const { tokens } = await loggedInAt(pool);
  pool.passes(30 * DAY_MS - SECOND_MS);
  const { refresh } = await pool.refresh(tokens.refresh);
  pool.passes(SECOND_MS);
  await expect(pool.refresh(refresh)).rejects.toMatchObject(refused);
});

it('rejects REFRESH_TOKEN_AUTH, which is incompatible with rotation', async () => {
  const pool = await startPool();
  const { tokens } = await loggedInAt(pool);
  const AuthParameters = { REFRESH_TOKEN: tokens.refresh };
  const login = pool.cognito.initiateAuth({ ...CLIENT, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters });
  await expect(login).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

it('keeps sessions and rotated tokens across a restart', async () => {
  const folder = await poolFolder();
  const pool = await startPool({ folder });
  const { tokens } = await loggedInAt(pool);
  const { refresh, access } = await pool.refresh(tokens.refresh);
  await pool.close();

  const again = await startPool({ folder });
  again.passes(HOUR_MS / 2);
  await again.cognito.getUser({ AccessToken: access });
  await expect(again.refresh(tokens.refresh)).rejects.toMatchObject({ name: 'RefreshTokenReuseException' });
  await again.refresh(refresh);
});

it('stores a limited number of rotated tokens, and no ended sessions', async () => {
  const folder = await poolFolder();
  const pool = await startPool({ folder });
  const size = async () => (await readFile(join(folder, 'cognito/user-pool.json'), 'utf8')).length;
  const ada = await loggedInAt(pool);
  let { refresh } = ada.tokens;
  for (let round = 0; round < 110; round++) ({ refresh } = await pool.refresh(refresh));
  const full = await size();
  for (let round = 0; round < 50; round++) ({ refresh } = await pool.refresh(refresh));
  expect(await size()).toBe(full);

  pool.passes(30 * DAY_MS);
  const { refresh: next } = await pool.login(ada);
  expect(await size()).toBeLessThan(full / 2);
  await pool.cognito.revokeToken({ ...CLIENT, Token: next });
  expect(await readFile(join(folder, 'cognito/user-pool.json'), 'utf8')).toContain('"sessions":[]');
});
