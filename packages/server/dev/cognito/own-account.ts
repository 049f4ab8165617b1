import type { UserPool } from '@async-chatbot/core/memory/user-pool';
import { unwrap } from '@async-chatbot/core/memory/user-pool/unwrap';
import { cognitoError } from './errors.ts';
import { operation } from './operation.ts';
import { type Tokens, userAttributes } from './tokens.ts';

/** Operations on the account of an access token. */
export function ownAccount(pool: UserPool, tokens: Tokens) {
  const userOf = (accessToken: string) => {
    const { sub, origin_jti } = tokens.read(accessToken);
    return unwrap(pool.findSession(sub, origin_jti), cognitoError).account;
  };

  return {
    GetUser: operation(['AccessToken'], ({ AccessToken }) => {
      const user = userOf(AccessToken);
      const attributes = Object.entries({ sub: user.id, ...userAttributes(user) });
      return {
        Username: user.id,
        UserAttributes: attributes.map(([Name, value]) => ({ Name, Value: String(value) })),
      };
    }),

    ChangePassword: operation(['AccessToken', 'PreviousPassword', 'ProposedPassword'], (input) => {
      const { id } = userOf(input.AccessToken);
      unwrap(pool.changePassword(id, input.PreviousPassword, input.ProposedPassword), cognitoError);
      return {};
    }),

    DeleteUser: operation(['AccessToken'], ({ AccessToken }) => {
      pool.deleteUser(userOf(AccessToken).id);
      return {};
    }),

    GlobalSignOut: operation(['AccessToken'], ({ AccessToken }) => {
      pool.endSessions(userOf(AccessToken).id);
      return {};
    }),
  };
}
