import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startNode } from '../../support/process/program.ts';
import { newCredentials } from '../../support/requests/client.ts';
import { poolFolder, startPool } from '../../support/servers/cognito-pool.ts';

const ROUNDS = 5;
const FILE = 'cognito/user-pool.json';

it('loses no confirmed registration when the process is killed', { timeout: 60_000 }, async () => {
  const folder = await poolFolder();
  await fill(folder);
  const registered = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const child = startRegistering(folder);
    await child.prints(/canary.*\n/);
    await sleep(Math.random() * 50);
    child.signal('SIGKILL');
    const { stdout } = await child.ended;
    for (const email of stdout.match(/canary-.*(?=\n)/g) ?? []) registered.add(email);

    const pool = await startPool({ folder });
    const tries = [...registered].map((email) => pool.register({ email, password: 'canary-1' }));
    const outcomes = await Promise.allSettled(tries);
    const known = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(known.map(({ reason }) => reason.name)).toEqual([...registered].map(() => 'UsernameExistsException'));
    await pool.close();
  }
  expect(registered.size).toBeGreaterThan(ROUNDS);
});

it('the file is complete at any time', async () => {
  const folder = await poolFolder();
  await fill(folder);
  const child = startRegistering(folder);
  await child.prints(/canary.*\n/);
  const seen = new Set<number>();
  while (seen.size < 100) seen.add(Object.keys(JSON.parse(await readFile(join(folder, FILE), 'utf8')).accounts).length);
  child.signal('SIGKILL');
  await child.ended;
});

const startRegistering = (folder: string) => startNode([join(import.meta.dirname, 'registering.ts'), folder]);

/** Makes the file so large that writing it takes a while. */
async function fill(folder: string): Promise<void> {
  const pool = await startPool({ folder });
  const users = Array.from({ length: 25 }, () => newCredentials());
  await Promise.all(
    users.map(({ email, password }) => pool.register({ email: 'canary-'.repeat(12_000) + email, password })),
  );
  await pool.close();
}

it('keeps a hundred concurrent registrations across a restart', async () => {
  const folder = await poolFolder();
  const pool = await startPool({ folder });
  const users = await Promise.all(Array.from({ length: 100 }, () => pool.register()));
  await pool.close();
  const again = await startPool({ folder });
  await Promise.all(users.map((user) => again.login(user)));
});

it('leaves one file, which only its owner can read', async () => {
  const folder = await poolFolder();
  const pool = await startPool({ folder });
  await pool.register();
  expect(await readdir(join(folder, 'cognito'))).toEqual(['user-pool.json']);
  if (process.platform !== 'win32') expect((await stat(join(folder, FILE))).mode & 0o777).toBe(0o600);
});
