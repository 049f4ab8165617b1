import type { ProxyEnv } from 'node:http';
import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { BotConfig } from './bot-config.ts';
import type { Model } from './model.ts';

/** A model on Amazon Bedrock's Converse API, with credentials from the AWS SDK's default provider chain. */
export function bedrockModel(
  { region, endpoint, model }: Extract<BotConfig, { kind: 'bedrock' }>,
  proxyEnv?: ProxyEnv,
): Model {
  const requestHandler = new NodeHttpHandler({ httpAgent: { proxyEnv }, httpsAgent: { proxyEnv } });
  const credentialProvider = defaultProvider({ clientConfig: { region, requestHandler } });
  return {
    support: { outputLimits: ['maxTokens'], streamUsage: false, streaming: true, systemRole: true },
    isAlwaysStreamed: false,
    connect(_support, fetch) {
      const provider = createAmazonBedrock({
        region,
        // Everything is set explicitly, since the provider falls back to environment variables.
        baseURL: endpoint ?? `https://bedrock-runtime.${region}.amazonaws.com`,
        apiKey: '',
        credentialProvider,
        fetch,
      });
      return provider(model);
    },
  };
}
