import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import type { BotConfig } from './bot-config.ts';
import type { Model } from './model-bot.ts';

/** A model of Amazon Bedrock. Credentials come from the AWS SDK's default chain, as they do for the table. */
export function bedrockModel(
  { region, endpoint, model }: Extract<BotConfig, { kind: 'bedrock' }>,
  fetch: typeof globalThis.fetch,
): Model {
  const provider = createAmazonBedrock({
    region,
    // Whatever is left out, the provider would look for in the environment by itself.
    baseURL: endpoint ?? `https://bedrock-runtime.${region}.amazonaws.com`,
    apiKey: '',
    credentialProvider: defaultProvider({ clientConfig: { region } }),
    fetch,
  });
  return provider(model);
}
