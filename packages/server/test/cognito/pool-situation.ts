import type { CognitoOperation } from './error-map.ts';
import type { PoolHost } from './pool-host.ts';

export const ADA = { email: 'canary-ada@example.com', password: 'canary-1' };
export const UNKNOWN = 'canary-unknown@example.com';
export const NEW_PASSWORD = 'canary-2';
export const HOUR_MS = 3_600_000;

export type Situation = [operation: CognitoOperation, title: string, run: (host: PoolHost) => Promise<unknown>];

export const signedUp = async (host: PoolHost) => host.signUp(ADA.email, ADA.password);

export async function confirmed(host: PoolHost) {
  await signedUp(host);
  await host.confirm(ADA.email, host.newestCode());
}

export async function loggedIn(host: PoolHost) {
  await confirmed(host);
  return host.login(ADA.email, ADA.password);
}

export async function resetRequested(host: PoolHost) {
  await confirmed(host);
  await host.forgot(ADA.email);
}

export const login = (host: PoolHost, password = ADA.password) => host.login(ADA.email, password);
export const confirm = (host: PoolHost, code = host.newestCode()) => host.confirm(ADA.email, code);
export const reset = (host: PoolHost, code = host.newestCode(), password = NEW_PASSWORD) =>
  host.reset(ADA.email, code, password);

export const fiveTimes = async (attempt: () => Promise<unknown>) => {
  for (let count = 0; count < 5; count++) await attempt().catch(() => undefined);
};
