import { Router } from 'cognito-local/lib/server/Router.js';
import { CognitoServiceFactoryImpl } from 'cognito-local/lib/services/cognitoService.js';
import type { Services } from 'cognito-local/lib/services/index.js';
import { UserPoolServiceFactoryImpl } from 'cognito-local/lib/services/userPoolService.js';
import { atomicStores } from './atomic-store.ts';
import type { Account } from './cognito-account.ts';

export const REGION = 'local';
export const POOL = `${REGION}_chatbot`;
export const CLIENT = 'chatbot';
// Without a port, so that sessions outlive a restart.
export const ISSUER = `http://cognito-local.localhost/${POOL}`;

const DEFAULTS = { UsernameAttributes: ['email'], MfaConfiguration: 'OFF' };

/** The emulator logs passwords. */
const silent = () => undefined;
export const logger = {
  child: () => logger,
  debug: silent,
  info: silent,
  warn: silent,
  error: silent,
  levels: { values: {} },
};
const context = { logger } as unknown as Parameters<ReturnType<ReturnType<typeof Router>>>[0];

export interface PoolOptions {
  /** `open` confirms everybody who registers. */
  registration: 'open' | 'confirm';
  now: () => Date;
}

/**
 * cognito-local's user pool. An account is one object for as long as it exists: it is changed in place and then saved,
 * so that what two requests change at once is not lost.
 */
export type Pool = Awaited<ReturnType<typeof openPool>>;

export async function openPool(folder: string, { registration, now }: PoolOptions) {
  const clock = { get: now };
  const stores = atomicStores(folder);
  const pools = new UserPoolServiceFactoryImpl(clock, stores);
  const cognito = await new CognitoServiceFactoryImpl(folder, stores, pools).create(context, DEFAULTS);
  if (!(await cognito.getAppClient(context, CLIENT))) {
    const made = { CreationDate: now(), LastModifiedDate: now() };
    await cognito.createUserPool(context, { Id: POOL, Name: POOL, ...made });
    const pool = await cognito.getUserPool(context, POOL);
    await pool.saveAppClient(context, { ClientId: CLIENT, ClientName: CLIENT, UserPoolId: POOL, ...made });
  }
  const pool = await cognito.getUserPool(context, POOL);

  const triggers = {
    enabled: (name: string) => name === 'PreSignUp' && registration === 'open',
    preSignUp: async () => ({ autoConfirmUser: true, autoVerifyEmail: true }),
  };
  const config = { UserPoolDefaults: DEFAULTS };
  // No more than the operations below use.
  const emulator = Router({ clock, cognito, triggers, config, otp: () => '' } as unknown as Services);

  return {
    /** What the emulator does as the real service does. */
    ask: <Answer extends object>(target: 'SignUp' | 'GetUser' | 'DeleteUser', request: object): Promise<Answer> =>
      emulator(target)(context, request),
    /** By address or by id. */
    find: async (username: string): Promise<Account | undefined> =>
      (await pool.getUserByUsername(context, username)) ?? undefined,
    accounts: (): Promise<readonly Account[]> => pool.listUsers(context),
    save: (account: Account): Promise<void> => pool.saveUser(context, account),
  };
}
