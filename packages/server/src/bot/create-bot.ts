import type { Bot } from './bot.ts';
import type { BotConfig } from './bot-config.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { keywordBot } from './keyword-bot.ts';
import { type AnswerLimits, timeLimited } from './time-limits.ts';

type ModelConfig = Exclude<BotConfig, { kind: 'keyword' }>;

/** The bot that the configuration names. The AI SDK is loaded when a model is first asked. */
export function createBot(config: BotConfig, limits?: AnswerLimits): Bot {
  if (config.kind === 'keyword') return keywordBot();

  let loading: Promise<Bot> | undefined;
  return timeLimited(async function* (turn, signal) {
    loading ??= load(config);
    const bot = await loading;
    yield* bot(turn, signal);
  }, limits);
}

async function load(config: ModelConfig): Promise<Bot> {
  const [{ modelBot }, model] = await Promise.all([import('./model-bot.ts'), loadModel(config)]);
  return modelBot(model, config);
}

/** What surrounds a token on its way takes some hundred bytes; a prompt that is sent back is not counted in tokens. */
const fetchFor = ({ maxOutputTokens }: ModelConfig) => boundedFetch(1_000_000 + 1000 * maxOutputTokens);

async function loadModel(config: ModelConfig) {
  if (config.kind === 'bedrock') {
    const { bedrockModel } = await import('./bedrock-model.ts');
    return bedrockModel(config, fetchFor(config));
  }
  const { openAiCompatibleModel } = await import('./openai-compatible-model.ts');
  return openAiCompatibleModel(config, fetchFor(config));
}
