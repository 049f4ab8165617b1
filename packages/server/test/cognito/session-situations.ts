import {
  ADA,
  confirmed,
  HOUR_MS,
  loggedIn,
  login,
  NEW_PASSWORD,
  type Situation,
  signedUp,
  UNKNOWN,
} from './pool-situation.ts';

/** Successes and failures of the operations on sessions. */
export const SESSION_SITUATIONS: readonly Situation[] = [
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
      host.advance(30_000);
      return host.refresh(tokens);
    },
  ],
  [
    'GetTokensFromRefreshToken',
    'a token after thirty days',
    async (host) => {
      const tokens = await loggedIn(host);
      host.advance(30 * 24 * HOUR_MS);
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
