import { createHmac } from 'node:crypto';
import type { ProxyEnv } from 'node:http';
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { type CognitoCodes, cognitoProblem } from './problems.ts';

export interface CognitoClientConfig {
  region: string;
  clientId: string;
  clientSecret?: string | undefined;
  endpoint?: string | undefined;
  proxyEnv?: ProxyEnv | undefined;
}

type Aws = typeof import('@aws-sdk/client-cognito-identity-provider');

/** The wait for a free socket counts as connecting, so every login in progress needs one. */
const SOCKETS = { keepAlive: true, maxSockets: 1000 };
const TIMEOUTS = { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true };

/** For Cognito's public operations, which are not signed: no AWS credentials are needed. */
export function cognitoClient(config: CognitoClientConfig) {
  const { clientId, clientSecret } = config;

  // Loaded by the first request to Cognito: a server starts in half the time without it.
  let loading: ReturnType<typeof load> | undefined;

  return {
    /** Throws every error as a `Problem`; `codes` are those of this operation. */
    async request<Output>(
      send: (aws: Aws, client: CognitoIdentityProviderClient) => Promise<Output>,
      codes: CognitoCodes = {},
      passwordPointer = '/password',
    ): Promise<Output> {
      loading ??= load(config);
      const { aws, client } = await loading;
      return send(aws, client).catch((error: unknown) => {
        throw cognitoProblem(error, codes, passwordPointer);
      });
    },

    /** Base64(HMAC-SHA256(secret, username + client id)), which Cognito requires of a client with a secret. */
    secretHash: (username: string) =>
      clientSecret &&
      createHmac('sha256', clientSecret)
        .update(username + clientId)
        .digest('base64'),
  };
}

export type CognitoClient = ReturnType<typeof cognitoClient>;

/** One attempt: clients retry themselves, and after a lost response a repeated SignUp would find its address taken. */
async function load({ region, endpoint, proxyEnv }: CognitoClientConfig) {
  const [aws, { NodeHttpHandler }] = await Promise.all([
    import('@aws-sdk/client-cognito-identity-provider'),
    import('@smithy/node-http-handler'),
  ]);
  const sockets = { ...SOCKETS, proxyEnv };
  const client = new aws.CognitoIdentityProviderClient({
    region,
    ...(endpoint && { endpoint }),
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({ ...TIMEOUTS, httpAgent: sockets, httpsAgent: sockets }),
  });
  client.middlewareStack.remove('loggerMiddleware');
  return { aws, client };
}
