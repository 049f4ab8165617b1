import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SentCode } from '@async-chatbot/core/memory/user-pool/codes';
import { type AuthenticationResultType, CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { onTestFinished } from 'vitest';
import type { CognitoOptions } from '../../../dev/cognito/emulator.ts';
import { newCredentials } from '../requests/client.ts';
import { quickCognito } from './quick-cognito.ts';

export const CLIENT = { ClientId: 'chatbot' };
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** A folder for emulators that is deleted after the test. */
export async function poolFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'chatbot-pool-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** An emulator for one test, with a manual clock and all sent codes. */
export async function startPool(options: CognitoOptions & { folder?: string } = {}) {
  let nowMs = Date.now();
  const mail: SentCode[] = [];
  const emulator = await quickCognito(options.folder ?? (await poolFolder()), {
    now: () => new Date(nowMs),
    onCode: (code) => mail.push(code),
    ...options,
  });
  onTestFinished(emulator.close);
  const cognito = new CognitoIdentityProvider({ region: 'local', endpoint: emulator.endpoint, maxAttempts: 1 });

  const login = async ({ email, password }: ReturnType<typeof newCredentials>) => {
    const AuthParameters = { USERNAME: email, PASSWORD: password };
    const response = await cognito.initiateAuth({ ...CLIENT, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
    return tokensOf(response);
  };

  return {
    ...emulator,
    cognito,
    mail,
    login,
    passes: (ms: number) => {
      nowMs += ms;
    },
    register: async (credentials = newCredentials()) => {
      await cognito.signUp({ ...CLIENT, Username: credentials.email, Password: credentials.password });
      return credentials;
    },
    refresh: async (RefreshToken: string) =>
      tokensOf(await cognito.getTokensFromRefreshToken({ ...CLIENT, RefreshToken })),
  };
}

export type Pool = Awaited<ReturnType<typeof startPool>>;

/** A new user with tokens. */
export async function loggedInAt(pool: Pool) {
  const credentials = await pool.register();
  return { ...credentials, tokens: await pool.login(credentials) };
}

function tokensOf({ AuthenticationResult }: { AuthenticationResult?: AuthenticationResultType | undefined }) {
  const { AccessToken = '', IdToken = '', RefreshToken = '', ExpiresIn } = AuthenticationResult ?? {};
  return { access: AccessToken, id: IdToken, refresh: RefreshToken, expiresIn: ExpiresIn };
}

/** The claims of a token, unverified. */
export const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

/** Another code of six digits. */
export const otherThan = (code: string | undefined): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
