import type { ProxyEnv } from 'node:http';
import type { Bot } from '@async-chatbot/core/ports/bot';
import type { BotConfig } from './bot-config.ts';
import { keywordBot } from './keyword-bot.ts';
import type { Model } from './model.ts';
import type { OnRefusal } from './model-bot.ts';
import { type ActiveBot, MAX_CODE_POINTS, withLimits } from './time-limits.ts';

type ModelConfig = Exclude<BotConfig, { kind: 'keyword' }>;

interface BotOptions {
  proxyEnv?: ProxyEnv | undefined;
  /** Called when the provider rejects an optional part of a request, which later requests then omit. */
  onRefusal?: OnRefusal;
  /** The maximum length of a reply. */
  codePoints?: number;
}

/** Creates the configured bot. A model's libraries are loaded for its first reply. */
export function createBot(config: BotConfig, { codePoints = MAX_CODE_POINTS, ...options }: BotOptions = {}): Bot {
  if (config.kind === 'keyword') return keywordBot(config.wordDelayMs);

  let loading: Promise<ActiveBot> | undefined;
  const bot = withLimits(
    async function* (turn, signal, onActivity) {
      loading ??= load(config, options);
      const bot = await loading;
      yield* bot(turn, signal, onActivity);
    },
    { ...config.timeLimits, codePoints },
  );
  return Object.assign(bot, { historyMessages: config.historyMessages });
}

async function load(config: ModelConfig, { proxyEnv, onRefusal = () => undefined }: BotOptions): Promise<ActiveBot> {
  const [{ modelBot }, { modelFetch }, model] = await Promise.all([
    import('./model-bot.ts'),
    import('./model-fetch.ts'),
    loadModel(config, proxyEnv),
  ]);
  // A streamed token takes a few hundred bytes. The constant allows for other data, such as an echoed prompt.
  const fetch = modelFetch(1_000_000 + 1000 * config.maxOutputTokens, proxyEnv);
  return modelBot(model, config, { fetch, onRefusal });
}

async function loadModel(config: ModelConfig, proxyEnv: ProxyEnv | undefined): Promise<Model> {
  if (config.kind === 'openai-compatible') {
    const { openAiCompatibleModel } = await import('./openai-compatible-model.ts');
    return openAiCompatibleModel(config);
  }
  const { bedrockModel } = await import('./bedrock-model.ts');
  return bedrockModel(config, proxyEnv);
}
