import { createHmac } from 'node:crypto';
import type { NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import { Problem } from '../problem.ts';
import { cognitoProblem } from './cognito-problems.ts';
import { cognitoTokens } from './cognito-tokens.ts';
import type { Identity } from './identity.ts';

export interface CognitoConfig {
  region: string;
  clientId: string;
  clientSecret?: string | undefined;
  issuer: string;
  jwksUri: string;
  endpoint?: string | undefined;
}

/** The wait for a free socket counts as connecting, so there must be one for every login that is under way. */
const SOCKETS = { keepAlive: true, maxSockets: 1000 };
const HANDLER: NodeHttpHandlerOptions = {
  connectionTimeout: 1000,
  requestTimeout: 5000,
  throwOnRequestTimeout: true,
  httpAgent: SOCKETS,
  httpsAgent: SOCKETS,
};

/** Cognito's public operations alone, none of which is signed: this needs no AWS credentials. */
export function cognitoIdentity(config: CognitoConfig, now: () => Date): Identity {
  const { clientId, clientSecret } = config;
  const verifyToken = cognitoTokens(config, now);

  // Loaded when somebody first registers, logs in or out: a server starts without it in half the time.
  let loading: ReturnType<typeof load> | undefined;
  const cognito = () => (loading ??= load(config));

  /** Base64(HMAC-SHA256(secret, username + client id)), as Cognito asks of a client that has a secret. */
  const secretHash = (username: string) =>
    clientSecret &&
    createHmac('sha256', clientSecret)
      .update(username + clientId)
      .digest('base64');

  return {
    async register({ email, password }) {
      const { client, aws } = await cognito();
      const command = new aws.SignUpCommand({
        ClientId: clientId,
        Username: email,
        Password: password,
        SecretHash: secretHash(email),
        UserAttributes: [{ Name: 'email', Value: email }],
      });
      await client.send(command).catch(rethrowOfSignUp);
    },

    async login({ email, password }) {
      const { client, aws } = await cognito();
      const hash = secretHash(email);
      const command = new aws.InitiateAuthCommand({
        ClientId: clientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: email, PASSWORD: password, ...(hash && { SECRET_HASH: hash }) },
      });
      const { AuthenticationResult, ChallengeName } = await client.send(command).catch(rethrow);
      if (!AuthenticationResult) throw new Problem('challenge-required', { cause: new Error(ChallengeName) });
      return { accessToken: AuthenticationResult.AccessToken, refreshToken: AuthenticationResult.RefreshToken };
    },

    async logout({ refreshToken }) {
      if (!refreshToken) return;
      const { client, aws } = await cognito();
      const command = new aws.RevokeTokenCommand({
        ClientId: clientId,
        ClientSecret: clientSecret,
        Token: refreshToken,
      });
      // Logging out succeeds whatever Cognito says: the cookies are cleared, and the token expires by itself.
      await client.send(command).catch(() => undefined);
    },

    async verify({ accessToken }) {
      if (!accessToken) throw new Problem('unauthenticated');
      return (await verifyToken(accessToken)).user;
    },

    async emailOf({ accessToken = '' }) {
      const verified = await verifyToken(accessToken);
      if (verified.email === undefined) {
        const { client, aws } = await cognito();
        const { UserAttributes = [] } = await client
          .send(new aws.GetUserCommand({ AccessToken: accessToken }))
          .catch(rethrowAsUnauthenticated);
        verified.email = UserAttributes.find(({ Name }) => Name === 'email')?.Value ?? '';
      }
      return verified.email;
    },
  };
}

/** One attempt: a caller can repeat openly what the SDK would repeat unseen, and a lost SignUp would look taken. */
async function load({ region, endpoint }: CognitoConfig) {
  const [aws, { NodeHttpHandler }] = await Promise.all([
    import('@aws-sdk/client-cognito-identity-provider'),
    import('@smithy/node-http-handler'),
  ]);
  const client = new aws.CognitoIdentityProviderClient({
    region,
    ...(endpoint && { endpoint }),
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(HANDLER),
  });
  client.middlewareStack.remove('loggerMiddleware');
  return { aws, client };
}

function rethrow(error: unknown): never {
  throw cognitoProblem(error);
}

/** Nobody has credentials yet: what Cognito does not authorise is a pool that is closed or a secret that is wrong. */
function rethrowOfSignUp(cause: unknown): never {
  const problem = cognitoProblem(cause);
  throw [409, 422].includes(problem.status) ? problem : new Problem('service-unavailable', { cause });
}

/** Of a token that was valid a moment ago, Cognito says so when it was revoked, its user is gone, or it was bent. */
function rethrowAsUnauthenticated(cause: unknown): never {
  const problem = cognitoProblem(cause);
  throw problem.status < 500 ? new Problem('unauthenticated', { cause }) : problem;
}
