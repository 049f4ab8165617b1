import type { Credentials, DynamoConfig } from '../dynamo-config.ts';

/** How long before they expire credentials are refreshed, in the background. The AWS SDK's default. */
const REFRESH_MS = 300_000;

/** After this time, later calls no longer wait for the same response, since the chain itself would wait for it for ever. */
const LOAD_MS = 5000;

/**
 * The configured credentials, or those of the AWS SDK's provider chain. The chain is loaded on the first call, and called again
 * only when the credentials are about to expire or DynamoDB has refused them.
 */
export function credentialSource({ region, proxyEnv, credentials }: DynamoConfig) {
  let current = credentials;
  let chain: ReturnType<typeof loadChain> | undefined;

  async function load(forceRefresh: boolean): Promise<Credentials> {
    chain ??= loadChain(region, proxyEnv);
    const asked = chain;
    const timer = setTimeout(() => {
      if (chain === asked) chain = undefined;
    }, LOAD_MS).unref();
    try {
      current = await (await asked)({ forceRefresh });
      return current;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    get: (): Credentials | Promise<Credentials> => {
      if (!current) return load(false);
      if (!current.expiration || current.expiration.getTime() - Date.now() > REFRESH_MS) return current;
      return load(false);
    },
    /** Loads credentials again after DynamoDB has refused these. False if it finds no others. */
    async replace(refused: Credentials): Promise<boolean> {
      if (credentials) return false;
      if (current === refused) await load(true);
      return current?.accessKeyId !== refused.accessKeyId || current.sessionToken !== refused.sessionToken;
    },
  };
}

async function loadChain(region: string, proxyEnv: DynamoConfig['proxyEnv']) {
  const [{ defaultProvider }, { NodeHttpHandler }] = await Promise.all([
    import('@aws-sdk/credential-provider-node'),
    import('@smithy/node-http-handler'),
  ]);
  const requestHandler = new NodeHttpHandler({ httpAgent: { proxyEnv }, httpsAgent: { proxyEnv } });
  return defaultProvider({ clientConfig: { region, requestHandler } });
}
