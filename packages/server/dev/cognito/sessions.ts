import type { UserPool } from '@async-chatbot/core/memory/user-pool';
import type { OpenSession } from '@async-chatbot/core/memory/user-pool/sessions';
import { unwrap } from '@async-chatbot/core/memory/user-pool/unwrap';
import type { AppClient } from './app-client.ts';
import { CognitoError, cognitoError, invalidParameter, notAuthorized } from './errors.ts';
import { type Input, operation } from './operation.ts';
import type { Tokens } from './tokens.ts';

export function sessions(pool: UserPool, tokens: Tokens, client: AppClient) {
  return {
    InitiateAuth: operation(['ClientId', 'AuthFlow'], ({ AuthFlow, AuthParameters }) => {
      // An app client with refresh token rotation rejects REFRESH_TOKEN_AUTH.
      if (AuthFlow !== 'USER_PASSWORD_AUTH') throw invalidParameter(`${AuthFlow} is not enabled for the client.`);
      // The cast: a missing or invalid value has no fields.
      const { USERNAME, PASSWORD } = Object(AuthParameters) as Input;
      if (!isText(USERNAME) || !isText(PASSWORD)) {
        throw invalidParameter('Missing required parameter USERNAME or PASSWORD');
      }
      return { ChallengeParameters: {}, ...responseOf(unwrap(pool.login(USERNAME, PASSWORD), cognitoError)) };
    }),

    GetTokensFromRefreshToken: operation(['ClientId', 'RefreshToken'], ({ RefreshToken, ClientSecret }) => {
      if (!client.hasSecret(ClientSecret)) throw notAuthorized('Invalid client secret.');
      return responseOf(unwrap(pool.refresh(RefreshToken), cognitoError));
    }),

    RevokeToken: operation(['ClientId', 'Token'], ({ Token, ClientSecret }) => {
      // Cognito documents no NotAuthorizedException for this operation.
      if (!client.hasSecret(ClientSecret)) throw new CognitoError('UnauthorizedException', 'Invalid client secret.');
      if (isSigned(Token)) throw new CognitoError('UnsupportedTokenTypeException', 'Unsupported token type');
      pool.revoke(Token);
      return {};
    }),
  };

  function responseOf({ account, session, refreshToken }: OpenSession) {
    return { AuthenticationResult: { ...tokens.issue(account, session), RefreshToken: refreshToken } };
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Access and ID tokens, which have three parts, cannot be revoked. */
const isSigned = (token: string): boolean => token.split('.').length === 3;
