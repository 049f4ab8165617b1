/** The operations on accounts that need no session but a code by e-mail. */

import type { Identity } from '@async-chatbot/core/ports/identity';
import type { Problem } from '@async-chatbot/shared/problem';
import type { CognitoClient } from './client.ts';
import type { CognitoCodes } from './problems.ts';

export interface CognitoAccountsConfig {
  clientId: string;
  /** `confirm`: no response shows whether an address is taken. `open`: a trigger of the pool confirms every account. */
  registration: 'confirm' | 'open';
}

/** The difference between these would show whether the account exists. */
const CODE_REFUSED: CognitoCodes = {
  CodeMismatchException: 'code-invalid',
  ExpiredCodeException: 'code-invalid',
  LimitExceededException: 'code-invalid',
  NotAuthorizedException: 'code-invalid',
  TooManyFailedAttemptsException: 'code-invalid',
  UserNotConfirmedException: 'code-invalid',
  UserNotFoundException: 'code-invalid',
};

/** Reasons for sending no code: the account does not exist, needs none, or has had too many. */
const NO_CODE: CognitoCodes = {
  ...CODE_REFUSED,
  CodeDeliveryFailureException: 'code-invalid',
  InvalidParameterException: 'code-invalid',
  PasswordResetRequiredException: 'code-invalid',
  UserLambdaValidationException: 'code-invalid',
};

const SIGN_UP: CognitoCodes = {
  UsernameExistsException: 'email-taken',
  // Registration is disabled in the pool.
  NotAuthorizedException: 'rejected-by-policy',
};

type Accounts = Pick<Identity, 'register' | 'confirm' | 'resendConfirmation' | 'forgotPassword'> & {
  /** As `resetPassword`, but leaves the sessions alone. */
  setPassword: Identity['resetPassword'];
};

export function cognitoAccounts(
  { clientId, registration }: CognitoAccountsConfig,
  { request, secretHash }: CognitoClient,
): Accounts {
  const userOf = (email: string) => ({ ClientId: clientId, Username: email, SecretHash: secretHash(email) });

  return {
    async register({ email, password }) {
      const account = { ...userOf(email), Password: password, UserAttributes: [{ Name: 'email', Value: email }] };
      const signedUp = request((aws, client) => client.send(new aws.SignUpCommand(account)), SIGN_UP);
      const { UserConfirmed } = await signedUp.catch((problem: Problem) => {
        if (isCreated(problem) || (registration === 'confirm' && problem.code === 'email-taken'))
          return { UserConfirmed: false };
        throw problem;
      });
      return registration === 'open' && UserConfirmed ? 'usable' : 'unconfirmed';
    },

    async confirm({ email, code }) {
      const confirmation = { ...userOf(email), ConfirmationCode: code };
      await request((aws, client) => client.send(new aws.ConfirmSignUpCommand(confirmation)), {
        ...CODE_REFUSED,
        AliasExistsException: 'email-taken',
      });
    },

    resendConfirmation: (email) =>
      hideMissingAccount(
        request((aws, client) => client.send(new aws.ResendConfirmationCodeCommand(userOf(email))), NO_CODE),
      ),

    forgotPassword: (email) =>
      hideMissingAccount(request((aws, client) => client.send(new aws.ForgotPasswordCommand(userOf(email))), NO_CODE)),

    async setPassword({ email, code, password }) {
      const reset = { ...userOf(email), ConfirmationCode: code, Password: password };
      await request((aws, client) => client.send(new aws.ConfirmForgotPasswordCommand(reset)), CODE_REFUSED);
    },
  };
}

/** With these errors the user was created, but no mail was sent; the user can request another. */
const isCreated = ({ cause }: Problem): boolean =>
  cause instanceof Error && ['CodeDeliveryFailureException', 'LimitExceededException'].includes(cause.name);

/** Resolves where an error would show something about the account. */
async function hideMissingAccount(response: Promise<unknown>): Promise<void> {
  await response.catch((problem: Problem) => {
    if (problem.code !== 'code-invalid') throw problem;
  });
}
