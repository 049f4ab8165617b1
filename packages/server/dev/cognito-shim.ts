/** What every operation of Cognito's has in common, before it does its own. */
import { createHmac } from 'node:crypto';
import {
  CognitoError,
  InvalidParameterError,
  NotAuthorizedError,
  ResourceNotFoundError,
  UnsupportedError,
} from 'cognito-local/lib/errors.js';
import type { Router } from 'cognito-local/lib/server/Router.js';

/** A request that was checked: the fields that its operation needs are there. */
export interface Request {
  ClientId: string;
  ClientSecret?: string;
  SecretHash?: string;
  Username: string;
  Password: string;
  ConfirmationCode: string;
  AuthFlow: string;
  RefreshToken: string;
  Token: string;
  AccessToken: string;
  PreviousPassword: string;
  ProposedPassword: string;
  AuthParameters?: Record<string, string>;
  UserAttributes?: { Name: string; Value: string }[];
}

const NEEDED = {
  SignUp: ['ClientId', 'Username', 'Password'],
  ConfirmSignUp: ['ClientId', 'Username', 'ConfirmationCode'],
  ResendConfirmationCode: ['ClientId', 'Username'],
  ForgotPassword: ['ClientId', 'Username'],
  ConfirmForgotPassword: ['ClientId', 'Username', 'ConfirmationCode', 'Password'],
  InitiateAuth: ['ClientId', 'AuthFlow'],
  GetTokensFromRefreshToken: ['ClientId', 'RefreshToken'],
  RevokeToken: ['ClientId', 'Token'],
  GetUser: ['AccessToken'],
  ChangePassword: ['AccessToken', 'PreviousPassword', 'ProposedPassword'],
  DeleteUser: ['AccessToken'],
  GlobalSignOut: ['AccessToken'],
} satisfies Record<string, (keyof Request)[]>;

type Target = keyof typeof NEEDED;
export type Operations = Record<Target, (request: Request) => Promise<object>>;

interface Client {
  id: string;
  secret?: string | undefined;
}

/** The operations as routes of the emulator's server, with the checks of the client and case-insensitive addresses. */
export const likeTheRealService =
  (operations: Operations, client: Client): Router =>
  (name) =>
  async (_context, request: Request) => {
    const target = name as Target;
    if (!Object.hasOwn(NEEDED, name)) throw new UnsupportedError(name);
    for (const field of NEEDED[target]) {
      if (typeof request[field] !== 'string') throw new InvalidParameterError(`Missing required parameter ${field}`);
    }
    checkClient(target, request, client);
    return operations[target](inLowerCase(request));
  };

/** A user name comes with a hash of the secret, the operations on refresh tokens with the secret itself. */
function checkClient(target: Target, request: Request, { id, secret }: Client): void {
  if (request.ClientId !== undefined && request.ClientId !== id) {
    throw new ResourceNotFoundError(`User pool client ${request.ClientId} does not exist.`);
  }
  const username = request.Username ?? request.AuthParameters?.USERNAME;
  const hash = request.SecretHash ?? request.AuthParameters?.SECRET_HASH;
  if (username !== undefined && (hash || undefined) !== (secret && secretHash(username, id, secret))) {
    throw new NotAuthorizedError(`Unable to verify secret hash for client ${id}`);
  }
  const isKnown = (request.ClientSecret || undefined) === secret;
  if (target === 'GetTokensFromRefreshToken' && !isKnown) throw new NotAuthorizedError('Invalid client secret.');
  // Of this operation the real service's model knows no NotAuthorizedException.
  if (target === 'RevokeToken' && !isKnown) throw new CognitoError('UnauthorizedException', 'Invalid client secret.');
}

/** A pool made today compares addresses without regard to case; the emulator compares them to the letter. */
function inLowerCase({ Username, UserAttributes, AuthParameters, ...rest }: Request): Request {
  return {
    ...rest,
    Username: Username?.toLowerCase(),
    ...(UserAttributes && {
      UserAttributes: UserAttributes.map(({ Name, Value }) => ({
        Name,
        Value: Name === 'email' ? Value.toLowerCase() : Value,
      })),
    }),
    ...(AuthParameters && {
      AuthParameters: {
        ...AuthParameters,
        ...(AuthParameters.USERNAME && { USERNAME: AuthParameters.USERNAME.toLowerCase() }),
      },
    }),
  };
}

const secretHash = (username: string, clientId: string, secret: string): string =>
  createHmac('sha256', secret)
    .update(username + clientId)
    .digest('base64');
