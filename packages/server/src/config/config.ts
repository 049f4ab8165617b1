import { REQUESTS_PER_MINUTE } from '@async-chatbot/core/rate-limits';
import { REPLY_LIMITS } from '@async-chatbot/core/turns/reply-slots';
import * as z from 'zod';
import { BotConfig, botVariables, insecureUrls } from '../bot/bot-config.ts';
import type { DynamoConfig } from '../dynamo/dynamo-config.ts';
import type { TableCheckOptions } from '../dynamo/table-check.ts';
import { awsKeysOf } from './aws-keys.ts';
import { conflictsIn } from './conflicts.ts';
import { origins } from './cors-origins.ts';
import { fraction } from './fraction.ts';
import { proxyEnvOf, proxyVariables } from './outgoing-proxy.ts';
import { publicUrl } from './public-url.ts';
import { wholeNumber } from './whole-number.ts';

const required = z.string({ error: 'is required' }).min(1, 'is required');

/** 0 disables the quota. */
const perDay = wholeNumber(0, 1_000_000_000).optional();

const perMinute = (fallback: number) => wholeNumber(1, 1_000_000).default(fallback);

/** The server's environment variables, which `.env.example` explains. */
export const Environment = z.object({
  ENV: z.enum(['development', 'production']).default('production'),
  HOST: z.string().min(1).optional(),
  PORT: wholeNumber(0, 65_535).default(8000),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  AWS_REGION: required,
  COGNITO_USER_POOL_ID: required,
  COGNITO_APP_CLIENT_ID: required,
  COGNITO_APP_CLIENT_SECRET: z.string().min(1).optional(),
  COGNITO_ISSUER: z.url().optional(),
  DYNAMO_MESSAGES_TABLE: required,
  DYNAMO_CLIENT: z.enum(['fast', 'sdk']).default('fast'),
  CORS_ALLOWED_DOMAIN: origins,
  PUBLIC_URL: publicUrl.optional(),
  TRUST_PROXY_HOPS: wholeNumber(0, 10).default(0),
  REGISTRATION: z.enum(['confirm', 'open']).default('confirm'),
  RESPONSE_VALIDATION_SAMPLE: fraction.default(0.01),
  LIMIT_ADDRESS_PER_MINUTE: perMinute(REQUESTS_PER_MINUTE.address),
  LIMIT_EMAIL_PER_MINUTE: perMinute(REQUESTS_PER_MINUTE.email),
  LIMIT_ACCOUNT_PER_MINUTE: perMinute(REQUESTS_PER_MINUTE.account),
  LIMIT_USER_PER_MINUTE: perMinute(REQUESTS_PER_MINUTE.user),
  LIMIT_REFRESH_PER_MINUTE: perMinute(REQUESTS_PER_MINUTE.refresh),
  REPLIES_PER_USER: wholeNumber(1, 1000).default(REPLY_LIMITS.perUser),
  REPLIES_PER_PROCESS: wholeNumber(1, 100_000).default(REPLY_LIMITS.total),
  ...botVariables,
  QUOTA_MESSAGES_PER_DAY: perDay,
  QUOTA_TOKENS_PER_DAY: perDay,
  MESSAGE_TTL_DAYS: wholeNumber(1, 36_500).optional(),
  COOKIE_SITE: z.enum(['same-site', 'cross-site']).default('same-site'),
  AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: z.url().optional(),
  AWS_ENDPOINT_URL_DYNAMODB: z.url().optional(),
  ...proxyVariables,
});

export type Config = ReturnType<typeof loadConfig>;

/** Parses the environment. Throws a `ConfigError` that lists all errors, without values. */
export function loadConfig(environment: NodeJS.ProcessEnv) {
  // `VARIABLE=` in a file leaves it unset. So does a blank value, which would otherwise be parsed as 0.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ''));
  const { data, error } = Environment.safeParse(set);
  if (!data) throw new ConfigError(messagesOf(error));
  const { data: bot, error: botError } = BotConfig.safeParse(data);
  const conflicts = [...conflictsIn(data), ...insecureUrls(data)];
  if (!bot || conflicts.length > 0) throw new ConfigError([...conflicts, ...messagesOf(botError)]);

  const pool = data.COGNITO_USER_POOL_ID;
  const issuer = data.COGNITO_ISSUER ?? `https://cognito-idp.${data.AWS_REGION}.amazonaws.com/${pool}`;
  const proxyEnv = proxyEnvOf(environment);
  const dynamo: DynamoConfig & TableCheckOptions = {
    region: data.AWS_REGION,
    proxyEnv,
    endpoint: data.AWS_ENDPOINT_URL_DYNAMODB,
    table: data.DYNAMO_MESSAGES_TABLE,
    client: data.DYNAMO_CLIENT,
    credentials: awsKeysOf(environment),
  };
  const cognitoEndpoint = data.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER;
  return {
    cookies: {
      secure: data.ENV === 'production',
      sameSite: data.COOKIE_SITE === 'cross-site' ? ('none' as const) : ('lax' as const),
    },
    // In development, all responses are validated, and a violation fails the request.
    responseValidation:
      data.ENV === 'development'
        ? { sample: 1, isStrict: true }
        : { sample: data.RESPONSE_VALIDATION_SAMPLE, isStrict: false },
    host: data.HOST,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    corsOrigins: data.CORS_ALLOWED_DOMAIN,
    publicUrl: data.PUBLIC_URL,
    proxyHops: data.TRUST_PROXY_HOPS,
    proxyEnv,
    cognito: {
      region: data.AWS_REGION,
      proxyEnv,
      registration: data.REGISTRATION,
      userPoolId: pool,
      clientId: data.COGNITO_APP_CLIENT_ID,
      clientSecret: data.COGNITO_APP_CLIENT_SECRET,
      issuer,
      jwksUri: `${cognitoEndpoint ? `${cognitoEndpoint}/${pool}` : issuer}/.well-known/jwks.json`,
      endpoint: cognitoEndpoint,
    },
    bot,
    quota: {
      messagesPerDay: quotaOf(bot, data.QUOTA_MESSAGES_PER_DAY, 500),
      tokensPerDay: quotaOf(bot, data.QUOTA_TOKENS_PER_DAY, 500_000),
      reserveTokens: data.BOT_MAX_OUTPUT_TOKENS,
    },
    replyLimits: { perUser: data.REPLIES_PER_USER, total: data.REPLIES_PER_PROCESS },
    messageTtlDays: data.MESSAGE_TTL_DAYS,
    limits: {
      // Keys the hashes in the table, so that emails cannot be found by guessing.
      secret: data.COGNITO_APP_CLIENT_SECRET ?? pool,
      perMinute: {
        address: data.LIMIT_ADDRESS_PER_MINUTE,
        email: data.LIMIT_EMAIL_PER_MINUTE,
        account: data.LIMIT_ACCOUNT_PER_MINUTE,
        user: data.LIMIT_USER_PER_MINUTE,
        refresh: data.LIMIT_REFRESH_PER_MINUTE,
      },
    },
    dynamo,
  };
}

const messagesOf = (error: z.ZodError | undefined): string[] =>
  error?.issues.map(({ path, message }) => `${path[0]?.toString()}: ${message}`) ?? [];

/** Models have a quota by default, since their replies cost money. */
function quotaOf({ kind }: BotConfig, chosen: number | undefined, fallback: number): number | undefined {
  return (chosen ?? (kind === 'keyword' ? 0 : fallback)) || undefined;
}

export class ConfigError extends Error {
  override name = 'ConfigError';

  constructor(messages: string[]) {
    super(['Invalid configuration:', ...messages.map((message) => `  ${message}`)].join('\n'));
  }
}
