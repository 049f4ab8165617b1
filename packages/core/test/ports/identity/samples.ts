import type { ProblemCode } from '@async-chatbot/shared/problems';
import { expect } from 'vitest';
import type { IdentityFixture } from './fixture.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const NEW_PASSWORD = 'canary-2';

export const newCredentials = () => ({ email: `canary.${crypto.randomUUID()}@example.com`, password: 'canary-1' });

export async function registered({ identity }: IdentityFixture) {
  const credentials = newCredentials();
  await identity.register(credentials);
  return credentials;
}

export async function loggedIn(fixture: IdentityFixture) {
  const credentials = await registered(fixture);
  return { ...credentials, session: await fixture.identity.login(credentials) };
}

/** Another code of six digits. */
export const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

export const expectProblem = (outcome: Promise<unknown>, code: ProblemCode): Promise<void> =>
  expect(outcome).rejects.toMatchObject({ name: 'Problem', code });

export const expectForbidden = (outcome: Promise<unknown>, code: ProblemCode): Promise<void> =>
  expect(outcome).rejects.toMatchObject({ name: 'Problem', code, status: 403 });

export const expectWeakPassword = (outcome: Promise<unknown>, pointer: string): Promise<void> =>
  expect(outcome).rejects.toMatchObject({ code: 'validation-failed', errors: [{ pointer, code: 'policy' }] });
