/** Where cognito-local answers otherwise than Cognito does. */
import { createHmac } from 'node:crypto';
import { InvalidPasswordError, NotAuthorizedError } from 'cognito-local/lib/errors.js';
import type { Router } from 'cognito-local/lib/server/Router.js';

interface Request {
  Username?: string;
  SecretHash?: string;
  UserAttributes?: { Name: string; Value: string }[];
  AuthParameters?: Record<string, string>;
}

/** The emulator's routes with the real service's errors, case-insensitive addresses and check of the secret hash. */
export const likeTheRealService =
  (router: Router, client: { id: string; secret?: string | undefined }): Router =>
  (target) =>
  async (context, request: Request) => {
    const sent = request.Username ?? request.AuthParameters?.USERNAME;
    const hash = request.SecretHash ?? request.AuthParameters?.SECRET_HASH;
    if (client.secret && sent !== undefined && hash !== secretHash(sent, client.id, client.secret)) {
      throw new NotAuthorizedError(`Unable to verify secret hash for client ${client.id}`);
    }
    try {
      return await router(target)(context, inLowerCase(request));
    } catch (error) {
      const wrongPassword = target === 'InitiateAuth' && error instanceof InvalidPasswordError;
      throw wrongPassword ? new NotAuthorizedError('Incorrect username or password.') : error;
    }
  };

/** A pool made today compares addresses without regard to case; the emulator compares them to the letter. */
function inLowerCase({ Username, UserAttributes, AuthParameters, ...rest }: Request): Request {
  return {
    ...rest,
    ...(Username && { Username: Username.toLowerCase() }),
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
