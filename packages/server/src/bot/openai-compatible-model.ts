import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { BotConfig } from './bot-config.ts';
import { withNormalizedCompletions } from './chat-completion.ts';
import type { Model } from './model.ts';

/** A model behind `POST <base URL>/chat/completions`. */
export function openAiCompatibleModel({
  baseUrl,
  apiKey,
  model,
}: Extract<BotConfig, { kind: 'openai-compatible' }>): Model {
  return {
    // OpenAI's current models reject `max_tokens`; many other servers ignore `max_completion_tokens`.
    support: {
      outputLimits: ['max_tokens', 'max_completion_tokens'],
      streamUsage: true,
      streaming: true,
      systemRole: true,
    },
    // `withNormalizedCompletions` converts a JSON document to a stream of one chunk.
    isAlwaysStreamed: true,
    connect({ outputLimits: [outputLimit], streamUsage, streaming }, fetch) {
      const provider = createOpenAICompatible({
        name: 'bot',
        baseURL: baseUrl,
        ...(apiKey && { apiKey }),
        fetch: withNormalizedCompletions(fetch),
        transformRequestBody: ({ model, messages, max_tokens }) => ({
          model,
          messages,
          ...(outputLimit && { [outputLimit]: max_tokens }),
          ...(streaming && { stream: true }),
          ...(streaming && streamUsage && { stream_options: { include_usage: true } }),
        }),
      });
      return provider(model);
    },
  };
}
