/** An emulator of Cognito in this process, with one user pool and one app client. */
import { hash, randomInt, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type UserPoolState, userPool } from '@async-chatbot/core/memory/user-pool';
import type { SentCode } from '@async-chatbot/core/memory/user-pool/codes';
import { adminOperations } from './admin-operations.ts';
import { administration } from './administration.ts';
import { appClient } from './app-client.ts';
import { ownAccount } from './own-account.ts';
import { passwordResets } from './password-resets.ts';
import { scryptPasswords } from './passwords.ts';
import { newRefreshToken } from './refresh-token.ts';
import { registrations } from './registrations.ts';
import { sessions } from './sessions.ts';
import { readState, stateWriter } from './state-file.ts';
import { cognitoTokens, newSigningKey } from './tokens.ts';
import { wireServer } from './wire-server.ts';

const REGION = 'local';
const POOL = `${REGION}_chatbot`;
const CLIENT = 'chatbot';
// Without a port, so that sessions survive a restart.
const ISSUER = `http://cognito.localhost/${POOL}`;

export interface CognitoOptions {
  /** The app client's secret, if it has one. */
  secret?: string | undefined;
  /** `open`, the default, confirms accounts at registration; `confirm` requires the code. */
  registration?: 'open' | 'confirm' | undefined;
  /** Called with each code that Cognito would send by email. */
  onCode?: ((code: SentCode) => void) | undefined;
  /** Called if the data cannot be stored; the request fails. */
  onSaveFailure?: ((error: unknown) => void) | undefined;
  /** Whether operations of administrators are allowed; true by default. */
  allowAdmin?: boolean | undefined;
  accessTokenSeconds?: number | undefined;
  /** How long a rotated refresh token still works. */
  refreshGraceSeconds?: number | undefined;
  /** The scrypt cost of stored passwords. */
  passwordCost?: number | undefined;
  /** A private RSA key in PEM; by default, the one stored in the folder. */
  signingKey?: string | undefined;
  now?: (() => Date) | undefined;
}

interface StoredState extends UserPoolState {
  signingKey: string;
}

/** Starts the emulator on a free port. It stores its data in `dataDir`. */
export async function embeddedCognito(
  dataDir: string,
  {
    secret,
    registration = 'open',
    onCode,
    onSaveFailure,
    allowAdmin = true,
    accessTokenSeconds = 3600,
    refreshGraceSeconds = 30,
    passwordCost = 2 ** 14,
    now = () => new Date(),
    ...options
  }: CognitoOptions = {},
) {
  const path = join(dataDir, 'cognito', 'user-pool.json');
  const state = readState<StoredState>(path);
  const signingKey = options.signingKey ?? state?.signingKey ?? (await newSigningKey());
  const pool = userPool({
    now,
    state,
    onCode,
    newId: randomUUID,
    newCode: () => String(randomInt(1_000_000)).padStart(6, '0'),
    newRefreshToken,
    hashToken: (token) => hash('sha256', token, 'base64url'),
    refreshGraceMs: refreshGraceSeconds * 1000,
    passwords: scryptPasswords(passwordCost),
  });
  const write = stateWriter(path, () => ({ signingKey, ...pool.exportState() }));
  const save = () =>
    write().catch((error: unknown) => {
      onSaveFailure?.(error);
      throw error;
    });
  const tokens = cognitoTokens({ issuer: ISSUER, clientId: CLIENT, signingKey, accessTokenSeconds, now });
  const client = appClient(CLIENT, secret || undefined);
  const server = await wireServer({
    operations: {
      ...registrations(pool, registration),
      ...passwordResets(pool),
      ...sessions(pool, tokens, client),
      ...ownAccount(pool, tokens),
      ...adminOperations(pool, POOL, allowAdmin),
    },
    client,
    jwksPath: `/${POOL}/.well-known/jwks.json`,
    jwks: tokens.jwks,
    save,
  });

  // The cast: a server that listens on a port has such an address.
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const earlier = join(dataDir, 'cognito', `${POOL}.json`);
  return {
    endpoint,
    signingKey,
    environment: {
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint,
      COGNITO_USER_POOL_ID: POOL,
      COGNITO_APP_CLIENT_ID: CLIENT,
      COGNITO_APP_CLIENT_SECRET: secret ?? '',
      COGNITO_ISSUER: ISSUER,
    },
    /** The data file of an earlier emulator, if there is one; it is ignored. */
    legacyFile: existsSync(earlier) ? earlier : undefined,
    users: administration(pool, save),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
