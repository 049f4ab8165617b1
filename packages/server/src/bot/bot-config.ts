import * as z from 'zod';
import { wholeNumber } from '../config/whole-number.ts';

const required = z.string('is required for BOT=openai-compatible and BOT=bedrock');
const mustBeUnset = (message: string) => z.undefined({ error: message }).optional();

const settings = {
  BOT_SYSTEM_PROMPT: z.string().optional(),
  BOT_HISTORY_MESSAGES: z.number(),
  BOT_HISTORY_CHARACTERS: z.number(),
  BOT_MAX_OUTPUT_TOKENS: z.number(),
  BOT_FIRST_PART_SECONDS: z.number(),
  BOT_IDLE_SECONDS: z.number(),
  BOT_TOTAL_SECONDS: z.number(),
};

/** Builds the bot's configuration from valid variables. Rejects those that are missing for, or conflict with, `BOT`. */
export const BotConfig = z.discriminatedUnion('BOT', [
  z
    .object({
      BOT: z.literal('keyword'),
      BOT_MODEL: mustBeUnset('requires BOT=openai-compatible or BOT=bedrock'),
      BOT_BASE_URL: mustBeUnset('requires BOT=openai-compatible'),
      BOT_API_KEY: mustBeUnset('requires BOT=openai-compatible'),
      BOT_SYSTEM_PROMPT: mustBeUnset('requires BOT=openai-compatible or BOT=bedrock'),
      BOT_WORD_DELAY_MS: z.number(),
    })
    .transform(({ BOT, BOT_WORD_DELAY_MS }) => ({ kind: BOT, wordDelayMs: BOT_WORD_DELAY_MS })),
  z
    .object({
      BOT: z.literal('openai-compatible'),
      BOT_MODEL: required,
      BOT_BASE_URL: z.string('is required for BOT=openai-compatible'),
      BOT_API_KEY: z.string().optional(),
      ...settings,
    })
    .transform((data) => ({
      kind: data.BOT,
      baseUrl: data.BOT_BASE_URL,
      apiKey: data.BOT_API_KEY,
      ...modelSettings(data),
    })),
  z
    .object({
      BOT: z.literal('bedrock'),
      BOT_MODEL: required,
      BOT_BASE_URL: mustBeUnset('requires BOT=openai-compatible'),
      BOT_API_KEY: mustBeUnset('requires BOT=openai-compatible; BOT=bedrock uses AWS credentials'),
      AWS_REGION: z.string(),
      BOT_REGION: z.string().optional(),
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: z.string().optional(),
      ...settings,
    })
    .transform((data) => ({
      kind: data.BOT,
      region: data.BOT_REGION ?? data.AWS_REGION,
      endpoint: data.AWS_ENDPOINT_URL_BEDROCK_RUNTIME,
      ...modelSettings(data),
    })),
]);

export type BotConfig = z.output<typeof BotConfig>;

/** Settings that all models have, whatever the provider. */
export type ModelSettings = ReturnType<typeof modelSettings>;

function modelSettings(data: { BOT_MODEL: string } & z.output<z.ZodObject<typeof settings>>) {
  return {
    model: data.BOT_MODEL,
    systemPrompt: data.BOT_SYSTEM_PROMPT,
    historyMessages: data.BOT_HISTORY_MESSAGES,
    historyCharacters: data.BOT_HISTORY_CHARACTERS,
    maxOutputTokens: data.BOT_MAX_OUTPUT_TOKENS,
    timeLimits: {
      firstPartMs: data.BOT_FIRST_PART_SECONDS * 1000,
      idleMs: data.BOT_IDLE_SECONDS * 1000,
      totalMs: data.BOT_TOTAL_SECONDS * 1000,
    },
  };
}

const modelUrl = z
  .string()
  .refine(isModelUrl, 'must be an http or https URL without credentials, query or fragment')
  .transform((text) => new URL(text).href);

const seconds = (fallback: number) => wholeNumber(1, 86_400).default(fallback);

/** The environment variables of the bot, each validated separately. */
export const botVariables = {
  BOT: z.enum(['keyword', 'openai-compatible', 'bedrock']).default('keyword'),
  BOT_MODEL: z.string().optional(),
  BOT_BASE_URL: modelUrl.optional(),
  BOT_ALLOW_HTTP: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
  // Sent in a header. Checked here, since errors about invalid headers include their value.
  BOT_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must contain only visible ASCII characters, without spaces')
    .optional(),
  BOT_SYSTEM_PROMPT: z.string().optional(),
  BOT_HISTORY_MESSAGES: wholeNumber(0, 200).default(20),
  BOT_HISTORY_CHARACTERS: wholeNumber(0, 10_000_000).default(16_000),
  BOT_MAX_OUTPUT_TOKENS: wholeNumber(1, 100_000).default(4096),
  BOT_FIRST_PART_SECONDS: seconds(300),
  BOT_IDLE_SECONDS: seconds(120),
  BOT_TOTAL_SECONDS: seconds(3600),
  BOT_WORD_DELAY_MS: wholeNumber(0, 10_000).default(60),
  BOT_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'must be an AWS region, such as eu-west-1')
    .optional(),
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME: modelUrl.optional(),
};

/** No `?` or `#`, since a path is appended. */
function isModelUrl(text: string): boolean {
  if (!URL.canParse(text) || /[?#]/.test(text)) return false;
  const { protocol, username, password } = new URL(text);
  return username === '' && password === '' && /^https?:$/.test(protocol);
}

interface Urls {
  BOT: string;
  BOT_ALLOW_HTTP: boolean;
  BOT_BASE_URL?: string | undefined;
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME?: string | undefined;
}

/** Errors for plain http to another machine, which must be enabled explicitly: requests contain conversations and the key. */
export function insecureUrls({ BOT, BOT_ALLOW_HTTP, ...urls }: Urls): string[] {
  const name = BOT === 'bedrock' ? 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME' : 'BOT_BASE_URL';
  const url = urls[name];
  if (url === undefined || BOT_ALLOW_HTTP || !isRemoteHttp(new URL(url))) return [];
  return [`${name}: must be https. Set BOT_ALLOW_HTTP=true to allow plain http to other machines`];
}

function isRemoteHttp({ protocol, hostname }: URL): boolean {
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
  return protocol === 'http:' && !isLoopback;
}
