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

/** The wait for a free socket counts as connecting, so there must be one for every login that is under way. */
const SOCKETS = { keepAlive: true, maxSockets: 1000 };
const TIMEOUTS = { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true };

/** Cognito's public operations alone, none of which is signed: this needs no AWS credentials. */
export function cognitoClient(config: CognitoClientConfig) {
  const { clientId, clientSecret } = config;

  // Loaded when somebody first registers, logs in or out: a server starts without it in half the time.
  let loading: ReturnType<typeof load> | undefined;

  return {
    /** Asks one question. Whatever goes wrong is thrown as a `Problem`; `codes` says what it means here. */
    async ask<Answer>(
      question: (aws: Aws, client: CognitoIdentityProviderClient) => Promise<Answer>,
      codes: CognitoCodes = {},
      passwordPointer = '/password',
    ): Promise<Answer> {
      loading ??= load(config);
      const { aws, client } = await loading;
      return question(aws, client).catch((error: unknown) => {
        throw cognitoProblem(error, codes, passwordPointer);
      });
    },

    /** Base64(HMAC-SHA256(secret, username + client id)), as Cognito asks of a client that has a secret. */
    secretHash: (username: string) =>
      clientSecret &&
      createHmac('sha256', clientSecret)
        .update(username + clientId)
        .digest('base64'),
  };
}

export type CognitoClient = ReturnType<typeof cognitoClient>;

/** One attempt: a caller can repeat openly what the SDK would repeat unseen, and a lost SignUp would look taken. */
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
