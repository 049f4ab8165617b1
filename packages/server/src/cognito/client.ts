import { createHmac } from 'node:crypto';
import type { ProxyEnv } from 'node:http';
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { type RequestContext, requestSignal } from '../request-context.ts';
import { type CognitoCodes, cognitoProblem } from './problems.ts';

export interface CognitoClientConfig {
  region: string;
  clientId: string;
  clientSecret?: string | undefined;
  endpoint?: string | undefined;
  proxyEnv?: ProxyEnv | undefined;
  /** For signed operations only; by default, from the AWS SDK's provider chain. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

type Aws = typeof import('@aws-sdk/client-cognito-identity-provider');

/** The connection timeout includes the wait for a free socket, so every login in progress needs its own. */
const SOCKETS = { keepAlive: true, maxSockets: 1000 };
const TIMEOUTS = { connectionTimeout: 1000, requestTimeout: 5000, throwOnRequestTimeout: true };

/** A client for Cognito. Its public operations are not signed, so they need no AWS credentials. */
export function cognitoClient(config: CognitoClientConfig, context: RequestContext) {
  const { clientId, clientSecret } = config;

  // Loaded on the first request to Cognito, which halves startup time.
  let loading: ReturnType<typeof load> | undefined;

  return {
    /** Sends a command within the deadline of the current request. Throws all errors as a `Problem`, with these `codes`. */
    async request<Output>(
      send: (aws: Aws, client: Pick<CognitoIdentityProviderClient, 'send'>) => Promise<Output>,
      codes: CognitoCodes = {},
      passwordPointer = '/password',
    ): Promise<Output> {
      loading ??= load(config);
      const { aws, client } = await loading;
      const abortSignal = requestSignal(context);
      const bounded = {
        send: (command: Parameters<typeof client.send>[0]) =>
          client.send(command, { ...(abortSignal && { abortSignal }) }),
      };
      return send(aws, bounded).catch((error: unknown) => {
        throw cognitoProblem(error, codes, passwordPointer);
      });
    },

    /** Base64(HMAC-SHA256(secret, username + client id)), which Cognito requires if the app client has a secret. */
    secretHash: (username: string) =>
      clientSecret &&
      createHmac('sha256', clientSecret)
        .update(username + clientId)
        .digest('base64'),
  };
}

export type CognitoClient = ReturnType<typeof cognitoClient>;

/** No retries: clients retry themselves, and a retried SignUp whose response was lost would find the email taken. */
async function load({ region, endpoint, proxyEnv, credentials }: CognitoClientConfig) {
  const [aws, { NodeHttpHandler }] = await Promise.all([
    import('@aws-sdk/client-cognito-identity-provider'),
    import('@smithy/node-http-handler'),
  ]);
  const sockets = { ...SOCKETS, proxyEnv };
  const client = new aws.CognitoIdentityProviderClient({
    region,
    ...(endpoint && { endpoint }),
    ...(credentials && { credentials }),
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({ ...TIMEOUTS, httpAgent: sockets, httpsAgent: sockets }),
  });
  client.middlewareStack.remove('loggerMiddleware');
  return { aws, client };
}
