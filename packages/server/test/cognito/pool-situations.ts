import type { CognitoOperation } from './error-map.ts';

const ADA = { email: 'canary-ada@example.com', password: 'canary-1' };
const UNKNOWN = 'canary-unknown@example.com';
const NEW_PASSWORD = 'canary-2';
const HOUR_MS = 3_600_000;

export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

/** A user pool behind one of its hosts. Requests reject with what the host makes of a refusal. */
export interface PoolHost {
  signUp(email: string, password: string): Promise<unknown>;
  confirm(email: string, code: string): Promise<unknown>;
  resend(email: string): Promise<unknown>;
  forgot(email: string): Promise<unknown>;
  reset(email: string, code: string, password: string): Promise<unknown>;
  login(email: string, password: string): Promise<Tokens>;
  refresh(tokens: Tokens): Promise<Tokens>;
  changePassword(tokens: Tokens, current: string, next: string): Promise<unknown>;
  administrate(change: 'disable' | 'requireReset' | 'unconfirm', email: string): Promise<unknown>;
  newestCode(): string;
  passes(ms: number): void;
}

type Situation = [operation: CognitoOperation, title: string, last: (host: PoolHost) => Promise<unknown>];

const signedUp = async (host: PoolHost) => host.signUp(ADA.email, ADA.password);

async function confirmed(host: PoolHost) {
  await signedUp(host);
  await host.confirm(ADA.email, host.newestCode());
}

async function loggedIn(host: PoolHost) {
  await confirmed(host);
  return host.login(ADA.email, ADA.password);
}

async function forgotten(host: PoolHost) {
  await confirmed(host);
  await host.forgot(ADA.email);
}

const login = (host: PoolHost, password = ADA.password) => host.login(ADA.email, password);
const confirm = (host: PoolHost, code = host.newestCode()) => host.confirm(ADA.email, code);
const reset = (host: PoolHost, code = host.newestCode(), password = NEW_PASSWORD) =>
  host.reset(ADA.email, code, password);

const fiveTimes = async (attempt: () => Promise<unknown>) => {
  for (let count = 0; count < 5; count++) await attempt().catch(() => undefined);
};

/** Every way in which a pool refuses something, or must not seem to. */
export const SITUATIONS: readonly Situation[] = [
  ['SignUp', 'a new address', signedUp],
  ['SignUp', 'a taken address', (host) => signedUp(host).then(() => signedUp(host))],
  ['SignUp', 'a weak password', (host) => host.signUp(ADA.email, 'canary7')],

  ['ConfirmSignUp', 'the code', confirmed],
  ['ConfirmSignUp', 'a wrong code', (host) => signedUp(host).then(() => confirm(host, '0'))],
  ['ConfirmSignUp', 'an unknown user', (host) => host.confirm(UNKNOWN, '0')],
  ['ConfirmSignUp', 'a confirmed user', (host) => confirmed(host).then(() => confirm(host))],
  [
    'ConfirmSignUp',
    'an expired code',
    async (host) => {
      await signedUp(host);
      host.passes(24 * HOUR_MS);
      return confirm(host);
    },
  ],
  [
    'ConfirmSignUp',
    'the code after five wrong ones',
    async (host) => {
      await signedUp(host);
      await fiveTimes(() => confirm(host, '0'));
      return confirm(host);
    },
  ],

  ['ResendConfirmationCode', 'an unconfirmed user', (host) => signedUp(host).then(() => host.resend(ADA.email))],
  ['ResendConfirmationCode', 'an unknown user', (host) => host.resend(UNKNOWN)],
  ['ResendConfirmationCode', 'a confirmed user', (host) => confirmed(host).then(() => host.resend(ADA.email))],
  ['ForgotPassword', 'a confirmed user', forgotten],
  ['ForgotPassword', 'an unknown user', (host) => host.forgot(UNKNOWN)],
  ['ForgotPassword', 'an unconfirmed user', (host) => signedUp(host).then(() => host.forgot(ADA.email))],

  ['ConfirmForgotPassword', 'the code', (host) => forgotten(host).then(() => reset(host))],
  ['ConfirmForgotPassword', 'a wrong code', (host) => forgotten(host).then(() => reset(host, '0'))],
  ['ConfirmForgotPassword', 'no code', (host) => confirmed(host).then(() => reset(host))],
  ['ConfirmForgotPassword', 'an unknown user', (host) => host.reset(UNKNOWN, '0', NEW_PASSWORD)],
  [
    'ConfirmForgotPassword',
    'a weak password',
    (host) => forgotten(host).then(() => reset(host, host.newestCode(), 'canary7')),
  ],
  [
    'ConfirmForgotPassword',
    'a disabled user',
    async (host) => {
      await forgotten(host);
      await host.administrate('disable', ADA.email);
      return reset(host);
    },
  ],
  [
    'ConfirmForgotPassword',
    'the code after five wrong ones',
    async (host) => {
      await forgotten(host);
      await fiveTimes(() => reset(host, '0'));
      return reset(host);
    },
  ],

  ['InitiateAuth', 'the password', loggedIn],
  ['InitiateAuth', 'a wrong password', (host) => confirmed(host).then(() => login(host, NEW_PASSWORD))],
  ['InitiateAuth', 'an unknown user', (host) => host.login(UNKNOWN, ADA.password)],
  ['InitiateAuth', 'an unconfirmed user', (host) => signedUp(host).then(() => login(host))],
  [
    'InitiateAuth',
    'a disabled user',
    (host) => confirmed(host).then(() => host.administrate('disable', ADA.email).then(() => login(host))),
  ],
  [
    'InitiateAuth',
    'a user who must reset the password',
    (host) => confirmed(host).then(() => host.administrate('requireReset', ADA.email).then(() => login(host))),
  ],

  ['GetTokensFromRefreshToken', 'the token', (host) => loggedIn(host).then(host.refresh)],
  [
    'GetTokensFromRefreshToken',
    'an unknown token',
    (host) => host.refresh({ accessToken: 'canary', refreshToken: 'canary' }),
  ],
  [
    'GetTokensFromRefreshToken',
    'a reused token',
    async (host) => {
      const tokens = await loggedIn(host);
      await host.refresh(tokens);
      host.passes(30_000);
      return host.refresh(tokens);
    },
  ],
  [
    'GetTokensFromRefreshToken',
    'a token after thirty days',
    async (host) => {
      const tokens = await loggedIn(host);
      host.passes(30 * 24 * HOUR_MS);
      return host.refresh(tokens);
    },
  ],
  [
    'GetTokensFromRefreshToken',
    'a disabled user',
    async (host) => {
      const tokens = await loggedIn(host);
      await host.administrate('disable', ADA.email);
      return host.refresh(tokens);
    },
  ],

  [
    'ChangePassword',
    'the password',
    (host) => loggedIn(host).then((tokens) => host.changePassword(tokens, ADA.password, NEW_PASSWORD)),
  ],
  [
    'ChangePassword',
    'a wrong password',
    (host) => loggedIn(host).then((tokens) => host.changePassword(tokens, NEW_PASSWORD, NEW_PASSWORD)),
  ],
  [
    'ChangePassword',
    'a weak password',
    (host) => loggedIn(host).then((tokens) => host.changePassword(tokens, ADA.password, 'canary7')),
  ],
];
