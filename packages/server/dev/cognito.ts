/** Cognito's wire protocol in this process, with the user pool and the app client that the server needs. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Router } from 'cognito-local/lib/server/Router.js';
import { createServer } from 'cognito-local/lib/server/server.js';
import { DateClock } from 'cognito-local/lib/services/clock.js';
import { CognitoServiceFactoryImpl } from 'cognito-local/lib/services/cognitoService.js';
import { StormDBDataStoreFactory } from 'cognito-local/lib/services/dataStore/stormDb.js';
import type { Services } from 'cognito-local/lib/services/index.js';
import { JwtTokenGenerator } from 'cognito-local/lib/services/tokenGenerator.js';
import { UserPoolServiceFactoryImpl } from 'cognito-local/lib/services/userPoolService.js';
import { likeTheRealService } from './cognito-shim.ts';

const REGION = 'local';
const POOL = `${REGION}_chatbot`;
const CLIENT = 'chatbot';
const DEFAULTS = { UsernameAttributes: ['email'], MfaConfiguration: 'OFF' };

/** The emulator logs passwords. */
const silent = () => undefined;
const logger = {
  child: () => logger,
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  levels: { values: {} },
};
const context = { logger } as unknown as Parameters<ReturnType<ReturnType<typeof Router>>>[0];

/** Keeps its data in `dataDir`. A `secret` makes the app client one that has a secret. */
export async function embeddedCognito(dataDir: string, { secret }: { secret?: string } = {}) {
  const services = await createServices(join(dataDir, 'cognito'));
  const router = likeTheRealService(Router(services), { id: CLIENT, secret });
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
      // Without the port, so that sessions outlive a restart.
      COGNITO_ISSUER: `${ISSUER}/${POOL}`,
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const ISSUER = 'http://cognito-local.localhost';

/** What cognito-local's own start script puts together, less the clients of AWS that this pool has no use for. */
async function createServices(dataDir: string): Promise<Services> {
  const clock = new DateClock();
  const stores = new StormDBDataStoreFactory(dataDir);
  const pools = new UserPoolServiceFactoryImpl(clock, stores);
  const cognito = await new CognitoServiceFactoryImpl(dataDir, stores, pools).create(context, DEFAULTS);
  if (!(await cognito.getAppClient(context, CLIENT))) {
    const made = { CreationDate: clock.get(), LastModifiedDate: clock.get() };
    await cognito.createUserPool(context, { Id: POOL, Name: POOL, ...made });
    const pool = await cognito.getUserPool(context, POOL);
    await pool.saveAppClient(context, { ClientId: CLIENT, ClientName: CLIENT, UserPoolId: POOL, ...made, ...VALIDITY });
  }
  // A pre sign-up trigger that confirms everybody; no other trigger is there.
  const triggers = {
    enabled: (name: string) => name === 'PreSignUp',
    preSignUp: async () => ({ autoConfirmUser: true, autoVerifyEmail: true }),
  } as unknown as Services['triggers'];

  return {
    clock,
    cognito,
    triggers,
    config: { UserPoolDefaults: DEFAULTS } as Services['config'],
    messages: { deliver: async () => undefined } as unknown as Services['messages'],
    otp: () => '000000',
    tokenGenerator: new JwtTokenGenerator(clock, triggers, { IssuerDomain: ISSUER }),
  };
}

/** As Cognito's defaults. */
const VALIDITY = {
  AccessTokenValidity: 1,
  IdTokenValidity: 1,
  RefreshTokenValidity: 30,
  TokenValidityUnits: { AccessToken: 'hours', IdToken: 'hours', RefreshToken: 'days' },
};
