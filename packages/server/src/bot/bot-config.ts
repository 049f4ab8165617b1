import * as z from 'zod';

const required = z.string('is required for a model bot');
const absent = (why: string) => z.undefined({ error: why }).optional();

const settings = {
  BOT_SYSTEM_PROMPT: z.string().optional(),
  BOT_HISTORY_MESSAGES: z.number(),
  BOT_MAX_OUTPUT_TOKENS: z.number(),
};

/** Who answers, out of variables that are right by themselves: whatever is missing or contradicts `BOT` is a fault. */
export const BotConfig = z.discriminatedUnion('BOT', [
  z
    .object({
      BOT: z.literal('keyword'),
      BOT_MODEL: absent('needs BOT=openai-compatible or BOT=bedrock'),
      BOT_BASE_URL: absent('needs BOT=openai-compatible'),
      BOT_API_KEY: absent('needs BOT=openai-compatible'),
      BOT_SYSTEM_PROMPT: absent('needs BOT=openai-compatible or BOT=bedrock'),
    })
    .transform(({ BOT }) => ({ kind: BOT })),
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
      BOT_BASE_URL: absent('needs BOT=openai-compatible'),
      BOT_API_KEY: absent('needs BOT=openai-compatible; Bedrock takes the credentials of AWS'),
      AWS_REGION: z.string(),
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: z.string().optional(),
      ...settings,
    })
    .transform((data) => ({
      kind: data.BOT,
      region: data.AWS_REGION,
      endpoint: data.AWS_ENDPOINT_URL_BEDROCK_RUNTIME,
      ...modelSettings(data),
    })),
]);

export type BotConfig = z.output<typeof BotConfig>;

/** What every model is told, whoever offers it. */
export type ModelSettings = ReturnType<typeof modelSettings>;

function modelSettings(data: { BOT_MODEL: string } & z.output<z.ZodObject<typeof settings>>) {
  return {
    model: data.BOT_MODEL,
    systemPrompt: data.BOT_SYSTEM_PROMPT,
    historyMessages: data.BOT_HISTORY_MESSAGES,
    maxOutputTokens: data.BOT_MAX_OUTPUT_TOKENS,
  };
}

const modelUrl = z
  .string()
  .refine(isModelUrl, 'must be https, or http on a loopback address, without credentials, query and fragment')
  .transform((text) => new URL(text).href);

/** The variables about the bot, each by itself; a part of the environment. */
export const botVariables = {
  BOT: z.enum(['keyword', 'openai-compatible', 'bedrock']).default('keyword'),
  BOT_MODEL: z.string().optional(),
  BOT_BASE_URL: modelUrl.optional(),
  // It goes into a header, and what is wrong with a header is told along with its value.
  BOT_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be ASCII without spaces')
    .optional(),
  BOT_SYSTEM_PROMPT: z.string().optional(),
  BOT_HISTORY_MESSAGES: z.coerce.number('must be a number').int().min(0).max(200).default(20),
  BOT_MAX_OUTPUT_TOKENS: z.coerce.number('must be a number').int().min(1).max(100_000).default(1024),
  AWS_ENDPOINT_URL_BEDROCK_RUNTIME: modelUrl.optional(),
};

/** What people say goes there, and so does the key. A `?` or `#` would also take what is appended for itself. */
function isModelUrl(text: string): boolean {
  if (!URL.canParse(text) || /[?#]/.test(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
  return username === '' && password === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopback));
}
