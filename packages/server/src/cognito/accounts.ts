/** Operations on accounts without a session, most with a code sent by email. */
import type { Identity } from '@async-chatbot/core/ports/identity';
import { Problem } from '@async-chatbot/shared/problem';
import type { CognitoClient } from './client.ts';
import type { CognitoCodes } from './problems.ts';

export interface CognitoAccountsConfig {
  userPoolId: string;
  clientId: string;
  /** `confirm`: no response reveals whether an email is taken. `open`: a trigger of the pool confirms all accounts. */
  registration: 'confirm' | 'open';
}

/** All the same code, since a difference would reveal whether the account exists. */
const CODE_REFUSED: CognitoCodes = {
  CodeMismatchException: 'code-invalid',
  ExpiredCodeException: 'code-invalid',
  LimitExceededException: 'code-invalid',
  NotAuthorizedException: 'code-invalid',
  TooManyFailedAttemptsException: 'code-invalid',
  UserNotConfirmedException: 'code-invalid',
  UserNotFoundException: 'code-invalid',
};

/** Reasons for not sending a code: the account does not exist, needs none, or has received too many. */
const NO_CODE: CognitoCodes = {
  ...CODE_REFUSED,
  CodeDeliveryFailureException: 'code-invalid',
  InvalidParameterException: 'code-invalid',
  PasswordResetRequiredException: 'code-invalid',
  UserLambdaValidationException: 'code-invalid',
};

const SIGN_UP: CognitoCodes = {
  UsernameExistsException: 'email-taken',
  // The pool does not allow users to register themselves.
  NotAuthorizedException: 'rejected-by-policy',
};

export type CognitoAccounts = Pick<Identity, 'register' | 'confirm' | 'resendConfirmation' | 'forgotPassword'> & {
  /** Like `resetPassword`, but does not end sessions. */
  setPassword: Identity['resetPassword'];
  /** Replaces a password without a code. Throws `password-reset-required` if it cannot, for example without the permission. */
  replacePassword: (credentials: Parameters<Identity['login']>[0]) => Promise<void>;
};

export function cognitoAccounts(
  { userPoolId, clientId, registration }: CognitoAccountsConfig,
  { request, secretHash }: CognitoClient,
): CognitoAccounts {
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

    async replacePassword({ email, password }) {
      const change = { UserPoolId: userPoolId, Username: email, Password: password, Permanent: true };
      await request((aws, client) => client.send(new aws.AdminSetUserPasswordCommand(change))).catch((cause) => {
        throw new Problem('password-reset-required', { cause });
      });
    },
  };
}

/** After these errors, the user exists but no email was sent; the user can request another code. */
const isCreated = ({ cause }: Problem): boolean =>
  cause instanceof Error && ['CodeDeliveryFailureException', 'LimitExceededException'].includes(cause.name);

/** Resolves if an error would reveal something about the account. */
async function hideMissingAccount(response: Promise<unknown>): Promise<void> {
  await response.catch((problem: Problem) => {
    if (problem.code !== 'code-invalid') throw problem;
  });
}
