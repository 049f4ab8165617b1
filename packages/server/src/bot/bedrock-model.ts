import type { ProxyEnv } from 'node:http';
import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { BotConfig } from './bot-config.ts';
import type { Model } from './model.ts';

/** A model of Amazon Bedrock's Converse API. Credentials come from the AWS SDK's default chain. */
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
        // Whatever is left out, the provider would look for in the environment by itself.
        baseURL: endpoint ?? `https://bedrock-runtime.${region}.amazonaws.com`,
        apiKey: '',
        credentialProvider,
        fetch,
      });
      return provider(model);
    },
  };
}
