import {
  ADA,
  confirm,
  confirmed,
  fiveTimes,
  HOUR_MS,
  NEW_PASSWORD,
  reset,
  resetRequested,
  type Situation,
  signedUp,
  UNKNOWN,
} from './pool-situation.ts';

/** Successes and failures of the operations without a session. */
export const ACCOUNT_SITUATIONS: readonly Situation[] = [
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
      host.advance(24 * HOUR_MS);
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
  ['ForgotPassword', 'a confirmed user', resetRequested],
  ['ForgotPassword', 'an unknown user', (host) => host.forgot(UNKNOWN)],
  ['ForgotPassword', 'an unconfirmed user', (host) => signedUp(host).then(() => host.forgot(ADA.email))],

  ['ConfirmForgotPassword', 'the code', (host) => resetRequested(host).then(() => reset(host))],
  ['ConfirmForgotPassword', 'a wrong code', (host) => resetRequested(host).then(() => reset(host, '0'))],
  ['ConfirmForgotPassword', 'no code', (host) => confirmed(host).then(() => reset(host))],
  ['ConfirmForgotPassword', 'an unknown user', (host) => host.reset(UNKNOWN, '0', NEW_PASSWORD)],
  [
    'ConfirmForgotPassword',
    'a weak password',
    (host) => resetRequested(host).then(() => reset(host, host.newestCode(), 'canary7')),
  ],
  [
    'ConfirmForgotPassword',
    'a disabled user',
    async (host) => {
      await resetRequested(host);
      await host.administrate('disable', ADA.email);
      return reset(host);
    },
  ],
  [
    'ConfirmForgotPassword',
    'the code after five wrong ones',
    async (host) => {
      await resetRequested(host);
      await fiveTimes(() => reset(host, '0'));
      return reset(host);
    },
  ],
];
