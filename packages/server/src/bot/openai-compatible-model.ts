import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { BotConfig } from './bot-config.ts';
import type { Model } from './model-bot.ts';

/** A model behind `POST <base URL>/chat/completions`, wherever that is. */
export function openAiCompatibleModel(
  { baseUrl, apiKey, model }: Extract<BotConfig, { kind: 'openai-compatible' }>,
  fetch: typeof globalThis.fetch,
): Model {
  const provider = createOpenAICompatible({
    name: 'bot',
    baseURL: baseUrl,
    ...(apiKey && { apiKey }),
    fetch,
    // Servers count tokens only when they are asked to.
    includeUsage: true,
  });
  return provider(model);
}
