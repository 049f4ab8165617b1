/** Cognito's wire protocol in this process, with the user pool and the app client that the server needs. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'cognito-local/lib/server/server.js';
import { cognitoCodes, type SentCode } from './cognito-codes.ts';
import { logins } from './cognito-logins.ts';
import { ownAccount } from './cognito-own-account.ts';
import { CLIENT, ISSUER, logger, openPool, POOL, REGION } from './cognito-pool.ts';
import { registrations } from './cognito-registrations.ts';
import { resets } from './cognito-resets.ts';
import { cognitoSessions } from './cognito-sessions.ts';
import { likeTheRealService } from './cognito-shim.ts';
import { cognitoTokens } from './cognito-tokens.ts';
import { cognitoUsers } from './cognito-users.ts';

export interface CognitoOptions {
  /** Makes the app client one that has a secret. */
  secret?: string | undefined;
  /** `open`, unless given, confirms everybody who registers; `confirm` waits for the code. */
  registration?: 'open' | 'confirm' | undefined;
  /** Is told each code that the real service would send by e-mail. */
  onCode?: ((code: SentCode) => void) | undefined;
  accessTokenSeconds?: number | undefined;
  /** How long a refresh token is still taken after it was rotated. */
  refreshGraceSeconds?: number | undefined;
  now?: (() => Date) | undefined;
}

/** Keeps its data in `dataDir`. */
export async function embeddedCognito(
  dataDir: string,
  {
    secret,
    registration = 'open',
    onCode = () => undefined,
    accessTokenSeconds = 3600,
    refreshGraceSeconds = 30,
    now = () => new Date(),
  }: CognitoOptions = {},
) {
  const pool = await openPool(join(dataDir, 'cognito'), { registration, now });
  const sessions = cognitoSessions(pool, { refreshGraceSeconds, now });
  const tokens = cognitoTokens({ accessTokenSeconds, now });
  const codes = cognitoCodes(pool, { onCode, now });
  const operations = {
    ...registrations(pool, codes),
    ...resets(pool, codes),
    ...logins(pool, sessions, tokens),
    ...ownAccount(pool, sessions, tokens),
  };
  const router = likeTheRealService(operations, { id: CLIENT, secret: secret || undefined });
  const emulator = createServer(router, logger as never, { hostname: '127.0.0.1', port: 0 });
  const server = await emulator.start();

  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    environment: {
      AWS_REGION: REGION,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint,
      COGNITO_USER_POOL_ID: POOL,
      COGNITO_APP_CLIENT_ID: CLIENT,
      COGNITO_APP_CLIENT_SECRET: secret ?? '',
      COGNITO_ISSUER: ISSUER,
    },
    /** For tests that need a user in trouble. */
    users: cognitoUsers(pool, codes),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
