import { createHmac } from 'node:crypto';
import { CognitoError, notAuthorized } from './errors.ts';
import type { Input } from './operation.ts';

export type AppClient = ReturnType<typeof appClient>;

/** The pool's one app client, which may have a secret. */
export function appClient(id: string, secret: string | undefined) {
  return {
    /** Checks the client's id, and its proof of the secret in operations on a user name. */
    check({ ClientId, Username, SecretHash, AuthParameters }: Input): void {
      if (ClientId !== undefined && ClientId !== id) {
        throw new CognitoError('ResourceNotFoundException', `User pool client ${ClientId} does not exist.`);
      }
      // The cast: the fields of a missing or wrong value are undefined.
      const { USERNAME, SECRET_HASH } = Object(AuthParameters) as Input;
      const username = Username ?? USERNAME;
      const expected = secret && secretHash(String(username), id, secret);
      if (username !== undefined && (SecretHash || SECRET_HASH || undefined) !== expected) {
        throw notAuthorized(`Unable to verify secret hash for client ${id}`);
      }
    },

    /** Operations on refresh tokens carry the secret itself. */
    hasSecret: (presented: unknown): boolean => (presented || undefined) === secret,
  };
}

const secretHash = (username: string, clientId: string, secret: string): string =>
  createHmac('sha256', secret)
    .update(username + clientId)
    .digest('base64');
