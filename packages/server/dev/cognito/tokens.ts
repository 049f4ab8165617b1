import { createPrivateKey, createPublicKey, generateKeyPair, randomUUID, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import type { PoolSession, PoolUser } from '@async-chatbot/core/memory/user-pool/account';
import { notAuthorized } from './errors.ts';

const KEY_ID = 'embedded';
const ID_TOKEN_SECONDS = 3600;

interface TokenOptions {
  issuer: string;
  clientId: string;
  /** A private RSA key in PEM. */
  signingKey: string;
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

export async function newSigningKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** A user's attributes besides `sub`, under Cognito's names. */
export const userAttributes = ({ email, status }: PoolUser) => ({ email, email_verified: status !== 'unconfirmed' });

export type Tokens = ReturnType<typeof cognitoTokens>;

/** Issues and reads access and ID tokens with Cognito's claims. */
export function cognitoTokens({ issuer, clientId, signingKey, accessTokenSeconds, now }: TokenOptions) {
  const privateKey = createPrivateKey(signingKey);
  const publicKey = createPublicKey(privateKey);

  return {
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: KEY_ID, alg: 'RS256', use: 'sig' }] },

    issue(user: PoolUser, session: Readonly<PoolSession>) {
      const iat = Math.floor(now().getTime() / 1000);
      const common = {
        sub: user.id,
        iss: issuer,
        origin_jti: session.id,
        event_id: randomUUID(),
        auth_time: Math.floor(session.startedAtMs / 1000),
        iat,
      };
      const access = {
        ...common,
        client_id: clientId,
        token_use: 'access',
        scope: 'aws.cognito.signin.user.admin',
        username: user.id,
        exp: iat + accessTokenSeconds,
        jti: randomUUID(),
      };
      const id = {
        ...common,
        ...userAttributes(user),
        aud: clientId,
        token_use: 'id',
        'cognito:username': user.id,
        exp: iat + ID_TOKEN_SECONDS,
        jti: randomUUID(),
      };
      return { AccessToken: jwt(access), IdToken: jwt(id), ExpiresIn: accessTokenSeconds, TokenType: 'Bearer' };
    },

    /** The claims of a valid access token of this pool. Throws `NotAuthorizedException`. */
    read(accessToken: string): AccessClaims {
      const [header = '', payload = '', signature = '', ...more] = accessToken.split('.');
      const text = Buffer.from(`${header}.${payload}`);
      const isOurs = more.length === 0 && verify('sha256', text, publicKey, Buffer.from(signature, 'base64url'));
      const claims: AccessClaims | undefined = isOurs && JSON.parse(Buffer.from(payload, 'base64url').toString());
      if (claims?.token_use !== 'access' || claims.client_id !== clientId || claims.iss !== issuer) {
        throw notAuthorized('Invalid Access Token');
      }
      if (!(claims.exp * 1000 > now().getTime())) throw notAuthorized('Access Token has expired');
      return claims;
    },
  };

  function jwt(payload: object): string {
    const text = [{ kid: KEY_ID, alg: 'RS256' }, payload]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
  }
}
