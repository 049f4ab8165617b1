import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loggedInAt, poolFolder, startPool } from '../../support/servers/cognito-pool.ts';

it('stores neither passwords nor tokens in plain text', async () => {
  const folder = await poolFolder();
  const pool = await startPool({ folder });
  const { password, tokens } = await loggedInAt(pool);
  const file = await readFile(join(folder, 'cognito/user-pool.json'), 'utf8');
  expect(file).toContain('scrypt$2$');
  // In quotes, since an email address may begin like the password.
  expect(file).not.toContain(JSON.stringify(password));
  expect(file).not.toContain(tokens.refresh);
});

it('accepts passwords stored with another cost', async () => {
  const folder = await poolFolder();
  const pool = await startPool({ folder, passwordCost: 4 });
  const ada = await pool.register();
  await pool.close();
  const again = await startPool({ folder, passwordCost: 2 });
  await again.login(ada);
});

it('generates a signing key per folder, which survives a restart', async () => {
  const folder = await poolFolder();
  const pool = await startPool({ folder, signingKey: undefined });
  const { tokens } = await loggedInAt(pool);
  await pool.close();
  const again = await startPool({ folder, signingKey: undefined });
  await again.cognito.getUser({ AccessToken: tokens.access });

  const other = await startPool({ signingKey: undefined });
  const request = other.cognito.getUser({ AccessToken: tokens.access });
  await expect(request).rejects.toMatchObject({ name: 'NotAuthorizedException', message: 'Invalid Access Token' });
});

it('reports the file of an earlier emulator, and does not read it', async () => {
  const folder = await poolFolder();
  expect((await startPool({ folder })).legacyFile).toBeUndefined();
  const file = join(folder, 'cognito/local_chatbot.json');
  await mkdir(join(folder, 'cognito'), { recursive: true });
  await writeFile(file, '{"Users":{"1":{"Username":"1","Password":"canary-1"}}}');
  const pool = await startPool({ folder });
  expect(pool.legacyFile).toBe(file);
  await loggedInAt(pool);
});
