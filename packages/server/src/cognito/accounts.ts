/** The part of Cognito for people who have no session: their accounts, by e-mailed codes. */

import type { Identity } from '@async-chatbot/core/ports/identity';
import type { Problem } from '@async-chatbot/shared/problem';
import type { CognitoClient } from './client.ts';
import type { CognitoCodes } from './problems.ts';

export interface CognitoAccountsConfig {
  clientId: string;
  /** `confirm`: nobody learns whether an address is taken. `open`: the pool confirms everybody by a trigger. */
  registration: 'confirm' | 'open';
}

/** Which of these it was would tell whether there is such an account. */
const CODE_REFUSED: CognitoCodes = {
  CodeMismatchException: 'code-invalid',
  ExpiredCodeException: 'code-invalid',
  LimitExceededException: 'code-invalid',
  NotAuthorizedException: 'code-invalid',
  TooManyFailedAttemptsException: 'code-invalid',
  UserNotFoundException: 'code-invalid',
};

/** Why no code is sent to an address: there is no such account, it needs none, or it had too many. */
const NO_CODE: CognitoCodes = {
  ...CODE_REFUSED,
  CodeDeliveryFailureException: 'code-invalid',
  InvalidParameterException: 'code-invalid',
  PasswordResetRequiredException: 'code-invalid',
  UserLambdaValidationException: 'code-invalid',
  UserNotConfirmedException: 'code-invalid',
};

const SIGN_UP: CognitoCodes = {
  UsernameExistsException: 'email-taken',
  // The pool takes no registrations.
  NotAuthorizedException: 'rejected-by-policy',
};

type Accounts = Pick<Identity, 'register' | 'confirm' | 'resendConfirmation' | 'forgotPassword'> & {
  /** As `resetPassword`, but for the sessions. */
  setPassword: Identity['resetPassword'];
};

export function cognitoAccounts(
  { clientId, registration }: CognitoAccountsConfig,
  { ask, secretHash }: CognitoClient,
): Accounts {
  const whose = (email: string) => ({ ClientId: clientId, Username: email, SecretHash: secretHash(email) });

  return {
    async register({ email, password }) {
      const account = { ...whose(email), Password: password, UserAttributes: [{ Name: 'email', Value: email }] };
      const signedUp = ask((aws, client) => client.send(new aws.SignUpCommand(account)), SIGN_UP);
      const { UserConfirmed } = await signedUp.catch((problem: Problem) => {
        if (isCreated(problem) || (registration === 'confirm' && problem.code === 'email-taken'))
          return { UserConfirmed: false };
        throw problem;
      });
      return registration === 'open' && UserConfirmed ? 'usable' : 'unconfirmed';
    },

    async confirm({ email, code }) {
      const confirmation = { ...whose(email), ConfirmationCode: code };
      await ask((aws, client) => client.send(new aws.ConfirmSignUpCommand(confirmation)), {
        ...CODE_REFUSED,
        AliasExistsException: 'email-taken',
      });
    },

    resendConfirmation: (email) =>
      discreetly(ask((aws, client) => client.send(new aws.ResendConfirmationCodeCommand(whose(email))), NO_CODE)),

    forgotPassword: (email) =>
      discreetly(ask((aws, client) => client.send(new aws.ForgotPasswordCommand(whose(email))), NO_CODE)),

    async setPassword({ email, code, password }) {
      const reset = { ...whose(email), ConfirmationCode: code, Password: password };
      await ask((aws, client) => client.send(new aws.ConfirmForgotPasswordCommand(reset)), CODE_REFUSED);
    },
  };
}

/** These two say that the mail could not be sent, after the user was created: another can be asked for. */
const isCreated = ({ cause }: Problem): boolean =>
  cause instanceof Error && ['CodeDeliveryFailureException', 'LimitExceededException'].includes(cause.name);

/** What would tell something about the account is no error: nothing is sent, and that is all. */
async function discreetly(asked: Promise<unknown>): Promise<void> {
  await asked.catch((problem: Problem) => {
    if (problem.code !== 'code-invalid') throw problem;
  });
}
