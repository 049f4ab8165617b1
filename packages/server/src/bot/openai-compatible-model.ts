import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { BotConfig } from './bot-config.ts';
import { acceptingJson } from './json-completion.ts';
import type { Model } from './model.ts';

/** A model behind `POST <base URL>/chat/completions`. */
export function openAiCompatibleModel({
  baseUrl,
  apiKey,
  model,
}: Extract<BotConfig, { kind: 'openai-compatible' }>): Model {
  return {
    // OpenAI's current models refuse the first; many other servers ignore the second.
    support: {
      outputLimits: ['max_tokens', 'max_completion_tokens'],
      streamUsage: true,
      streaming: true,
      systemRole: true,
    },
    connect({ outputLimits: [outputLimit], streamUsage }, fetch) {
      const provider = createOpenAICompatible({
        name: 'bot',
        baseURL: baseUrl,
        ...(apiKey && { apiKey }),
        fetch: acceptingJson(fetch),
        includeUsage: streamUsage,
        transformRequestBody: ({ max_tokens, ...body }) => ({
          ...body,
          ...(outputLimit && { [outputLimit]: max_tokens }),
        }),
      });
      return provider(model);
    },
  };
}
