import { createHmac } from 'node:crypto';
import { CognitoError, notAuthorized } from './errors.ts';
import type { Input } from './operation.ts';

export type AppClient = ReturnType<typeof appClient>;

/** The pool's only app client, with or without a secret. */
export function appClient(id: string, secret: string | undefined) {
  return {
    /** Checks the client id and, for operations on a username, the secret hash. */
    check({ ClientId, Username, SecretHash, AuthParameters }: Input): void {
      if (ClientId !== undefined && ClientId !== id) {
        throw new CognitoError('ResourceNotFoundException', `User pool client ${ClientId} does not exist.`);
      }
      // The cast: a missing or invalid value has no fields.
      const { USERNAME, SECRET_HASH } = Object(AuthParameters) as Input;
      const username = Username ?? USERNAME;
      const expected = secret && secretHash(String(username), id, secret);
      if (username !== undefined && (SecretHash || SECRET_HASH || undefined) !== expected) {
        throw notAuthorized(`Unable to verify secret hash for client ${id}`);
      }
    },

    /** For operations on refresh tokens, which send the secret itself. */
    hasSecret: (presented: unknown): boolean => (presented || undefined) === secret,
  };
}

const secretHash = (username: string, clientId: string, secret: string): string =>
  createHmac('sha256', secret)
    .update(username + clientId)
    .digest('base64');
