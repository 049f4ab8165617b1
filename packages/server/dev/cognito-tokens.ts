import { createPrivateKey, createPublicKey, randomUUID, sign, verify } from 'node:crypto';
import { NotAuthorizedError } from 'cognito-local/lib/errors.js';
import key from 'cognito-local/lib/keys/cognitoLocal.private.json' with { type: 'json' };
import { type Account, emailOf, isVerified } from './cognito-account.ts';
import { CLIENT, ISSUER } from './cognito-pool.ts';
import type { Session } from './cognito-sessions.ts';

const ID_TOKEN_SECONDS = 3600;

export interface TokenOptions {
  accessTokenSeconds: number;
  now: () => Date;
}

interface AccessClaims {
  sub: string;
  iss: string;
  client_id: string;
  token_use: string;
  origin_jti: string;
  exp: number;
}

export type Tokens = ReturnType<typeof cognitoTokens>;

/** Access and id tokens with the claims that the real service's have; cognito-local's name no session. */
export function cognitoTokens({ accessTokenSeconds, now }: TokenOptions) {
  const privateKey = createPrivateKey(key.pem);
  const publicKey = createPublicKey(privateKey);

  return {
    issue(account: Account, session: Session) {
      const iat = Math.floor(now().getTime() / 1000);
      const common = {
        sub: account.Username,
        iss: ISSUER,
        origin_jti: session.id,
        event_id: randomUUID(),
        auth_time: Math.floor(session.startedAtMs / 1000),
        iat,
      };
      const access = {
        ...common,
        client_id: CLIENT,
        token_use: 'access',
        scope: 'aws.cognito.signin.user.admin',
        username: account.Username,
        exp: iat + accessTokenSeconds,
        jti: randomUUID(),
      };
      const id = {
        ...common,
        aud: CLIENT,
        token_use: 'id',
        'cognito:username': account.Username,
        email: emailOf(account),
        email_verified: isVerified(account),
        exp: iat + ID_TOKEN_SECONDS,
        jti: randomUUID(),
      };
      return { AccessToken: jwt(access), IdToken: jwt(id), ExpiresIn: accessTokenSeconds, TokenType: 'Bearer' };
    },

    /** The claims of an access token of this pool that has not expired. */
    read(accessToken: string): AccessClaims {
      const [header = '', payload = '', signature = '', ...more] = accessToken.split('.');
      const text = Buffer.from(`${header}.${payload}`);
      const isOurs = more.length === 0 && verify('sha256', text, publicKey, Buffer.from(signature, 'base64url'));
      const claims: AccessClaims | undefined = isOurs && JSON.parse(Buffer.from(payload, 'base64url').toString());
      if (claims?.token_use !== 'access' || claims.client_id !== CLIENT || claims.iss !== ISSUER) {
        throw new NotAuthorizedError('Invalid Access Token');
      }
      if (!(claims.exp * 1000 > now().getTime())) throw new NotAuthorizedError('Access Token has expired');
      return claims;
    },
  };

  function jwt(payload: object): string {
    const text = [{ kid: key.jwk.kid, alg: 'RS256' }, payload]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  }
}
