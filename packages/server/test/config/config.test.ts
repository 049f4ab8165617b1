import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../src/config/config.ts';

const REQUIRED = {
  AWS_REGION: 'eu-west-1',
  COGNITO_USER_POOL_ID: 'eu-west-1_pool',
  COGNITO_APP_CLIENT_ID: 'client',
  DYNAMO_MESSAGES_TABLE: 'Messages',
};

function errorsOf(environment: Record<string, string>): string {
  try {
    loadConfig(environment);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
}

describe('loadConfig', () => {
  it('requires four variables and has defaults for the rest', () => {
    expect(loadConfig(REQUIRED)).toMatchObject({
      cookies: { secure: true, sameSite: 'lax' },
      port: 8000,
      corsOrigins: [],
      host: undefined,
    });
  });

  it('accepts any region', () => {
    const { cognito, dynamo } = loadConfig(REQUIRED);
    expect(cognito.issuer).toBe('https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_pool');
    expect(cognito.jwksUri).toBe(`${cognito.issuer}/.well-known/jwks.json`);
    expect([cognito.region, dynamo.region]).toEqual(['eu-west-1', 'eu-west-1']);
  });

  it('uses COGNITO_ISSUER', () => {
    const issuer = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_other';
    expect(loadConfig({ ...REQUIRED, COGNITO_ISSUER: issuer }).cognito.issuer).toBe(issuer);
  });

  it('uses the keys in the environment, unless a profile is set or the keys expire', () => {
    const keys = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
    const credentialsIn = (more: object) => loadConfig({ ...REQUIRED, ...keys, ...more }).dynamo.credentials;
    expect(credentialsIn({})).toEqual({ accessKeyId: 'id', secretAccessKey: 'secret' });
    expect(credentialsIn({ AWS_SESSION_TOKEN: 'token' })).toHaveProperty('sessionToken', 'token');
    const others = [{ AWS_PROFILE: 'a' }, { AWS_CREDENTIAL_EXPIRATION: '2026' }, { AWS_SECRET_ACCESS_KEY: '' }];
    for (const each of others) expect(credentialsIn(each)).toBeUndefined();
  });

  it('accepts fast and sdk as the client for DynamoDB', () => {
    expect(loadConfig(REQUIRED).dynamo.client).toBe('fast');
    expect(loadConfig({ ...REQUIRED, DYNAMO_CLIENT: 'sdk' }).dynamo.client).toBe('sdk');
    expect(errorsOf({ ...REQUIRED, DYNAMO_CLIENT: 'other' })).toContain('DYNAMO_CLIENT: ');
  });

  it('treats an empty variable as unset', () => {
    expect(loadConfig({ ...REQUIRED, PORT: '', COGNITO_APP_CLIENT_SECRET: '' })).toMatchObject({ port: 8000 });
    expect(errorsOf({ ...REQUIRED, AWS_REGION: '' })).toContain('AWS_REGION: is required');
  });

  it('parses several origins with spaces between them', () => {
    const { corsOrigins } = loadConfig({
      ...REQUIRED,
      CORS_ALLOWED_DOMAIN: 'https://a.example, http://localhost:3000',
    });
    expect(corsOrigins).toEqual(['https://a.example', 'http://localhost:3000']);
  });

  it.each(['*', 'null', 'example.com', 'https://a.example/', 'https://a.example/path', 'https://*.example'])(
    'rejects %s as an origin, and names the variable',
    (CORS_ALLOWED_DOMAIN) => {
      expect(errorsOf({ ...REQUIRED, CORS_ALLOWED_DOMAIN })).toContain('CORS_ALLOWED_DOMAIN: ');
    },
  );

  it.each([
    [
      'cross-site cookies over http',
      { COOKIE_SITE: 'cross-site', ENV: 'development', CORS_ALLOWED_DOMAIN: 'http://localhost:3000' },
    ],
    ['cross-site cookies without allowed origins', { COOKIE_SITE: 'cross-site' }],
    ['an http origin in production', { CORS_ALLOWED_DOMAIN: 'http://chat.example' }],
  ])('rejects %s with the reason', (_label, environment) => {
    expect(errorsOf({ ...REQUIRED, ...environment })).toMatch(/^ {2}(COOKIE_SITE|CORS_ALLOWED_DOMAIN): \S+/m);
  });

  it('configures cookies for allowed cross-site pages', () => {
    const environment = { COOKIE_SITE: 'cross-site', CORS_ALLOWED_DOMAIN: 'https://chat.example' };
    expect(loadConfig({ ...REQUIRED, ...environment }).cookies).toEqual({ secure: true, sameSite: 'none' });
  });

  it('reports all errors at once, without values', () => {
    const errors = errorsOf({ PORT: 'canary', ENV: 'prod', COGNITO_ISSUER: 'canary' });
    for (const name of [...Object.keys(REQUIRED), 'PORT', 'ENV', 'COGNITO_ISSUER'])
      expect(errors).toContain(`${name}: `);
    expect(errors).not.toContain('canary');
  });

  it.each([
    ['https://chat.example.com', 'https://chat.example.com'],
    ['https://chat.example.com/', 'https://chat.example.com'],
    ['https://EXAMPLE.com/chat/v1/', 'https://example.com/chat/v1'],
    ['http://192.168.1.5:8000', 'http://192.168.1.5:8000'],
    ['http://[::1]:8000/chat', 'http://[::1]:8000/chat'],
  ])('PUBLIC_URL accepts %s', (PUBLIC_URL, url) => {
    expect(loadConfig({ ...REQUIRED, PUBLIC_URL }).publicUrl).toBe(url);
  });

  it.each([
    'chat.example.com',
    '/chat',
    'ftp://example.com',
    'javascript:alert(1)',
    'https://',
    'https://user@example.com',
    'https://user:canary@example.com',
    'https://example.com?a=b',
    'https://example.com/chat?',
    'https://example.com/#top',
    'https://example.com/a b',
    'https://example.com/"',
    'https://example.com/:',
    'https://example.com:99999',
    'https://a.example.com,https://b.example.com',
  ])('PUBLIC_URL rejects %s', (PUBLIC_URL) => {
    expect(errorsOf({ ...REQUIRED, PUBLIC_URL })).toMatch(/^ {2}PUBLIC_URL: must be an http or https URL/m);
  });

  describe.each([
    'PORT',
    'TRUST_PROXY_HOPS',
    'LIMIT_ADDRESS_PER_MINUTE',
    'LIMIT_EMAIL_PER_MINUTE',
    'LIMIT_USER_PER_MINUTE',
    'LIMIT_REFRESH_PER_MINUTE',
    'QUOTA_MESSAGES_PER_DAY',
    'QUOTA_TOKENS_PER_DAY',
    'MESSAGE_TTL_DAYS',
    'BOT_HISTORY_MESSAGES',
    'BOT_HISTORY_CHARACTERS',
    'BOT_FIRST_PART_SECONDS',
    'BOT_IDLE_SECONDS',
    'BOT_TOTAL_SECONDS',
    'BOT_WORD_DELAY_MS',
    'BOT_MAX_OUTPUT_TOKENS',
  ])('%s', (name) => {
    it.each(['0x5', '1e0', '+5', '-5', '5.0', ' 5', '5 ', '1_0', 'true', '99999999999'])('rejects %j', (value) => {
      expect(errorsOf({ ...REQUIRED, [name]: value })).toMatch(
        new RegExp(`^ {2}${name}: must be a whole number from [01] to \\d+, in decimal digits$`, 'm'),
      );
    });

    it('accepts digits', () => {
      expect(() => loadConfig({ ...REQUIRED, [name]: '5' })).not.toThrow();
    });
  });

  describe('RESPONSE_VALIDATION_SAMPLE', () => {
    it.each([
      [undefined, 0.01],
      ['0', 0],
      ['1', 1],
      ['1.0', 1],
      ['0.25', 0.25],
    ])('%j is %d', (RESPONSE_VALIDATION_SAMPLE, sample) => {
      const { responseValidation } = loadConfig({ ...REQUIRED, RESPONSE_VALIDATION_SAMPLE });
      expect(responseValidation).toEqual({ sample, isStrict: false });
    });

    it.each(['1.01', '2', '-0.1', '0x1', '1e-2', '.5', '0.', ' 1', '50%', 'true', 'NaN'])('rejects %j', (value) => {
      expect(errorsOf({ ...REQUIRED, RESPONSE_VALIDATION_SAMPLE: value })).toMatch(
        /^ {2}RESPONSE_VALIDATION_SAMPLE: must be a number from 0 to 1, such as 0\.01$/m,
      );
    });

    it('does not apply in development, where every response is validated strictly', () => {
      const { responseValidation } = loadConfig({ ...REQUIRED, ENV: 'development', RESPONSE_VALIDATION_SAMPLE: '0' });
      expect(responseValidation).toEqual({ sample: 1, isStrict: true });
    });
  });

  describe('the bot', () => {
    const MODEL = {
      ...REQUIRED,
      BOT: 'openai-compatible',
      BOT_MODEL: 'llama',
      BOT_BASE_URL: 'https://api.example.com/v1',
    };

    it('is the keyword bot without a quota by default', () => {
      const { bot, quota, messageTtlDays } = loadConfig(REQUIRED);
      expect(bot).toEqual({ kind: 'keyword', wordDelayMs: 60 });
      expect([quota.messagesPerDay, quota.tokensPerDay, messageTtlDays]).toEqual([undefined, undefined, undefined]);
    });

    it('is a model with a quota, a history limit and a maximum reply length', () => {
      const { bot, quota } = loadConfig({ ...MODEL, BOT_API_KEY: 'key', BOT_SYSTEM_PROMPT: 'Be kind.' });
      expect(bot).toEqual({
        kind: 'openai-compatible',
        baseUrl: 'https://api.example.com/v1',
        apiKey: 'key',
        model: 'llama',
        systemPrompt: 'Be kind.',
        historyMessages: 20,
        historyCharacters: 16_000,
        maxOutputTokens: 4096,
        timeLimits: { firstPartMs: 300_000, idleMs: 120_000, totalMs: 3_600_000 },
      });
      expect(quota).toEqual({ messagesPerDay: 500, tokensPerDay: 500_000, reserveTokens: 4096 });
    });

    it('has the configured quotas, and none for 0', () => {
      expect(loadConfig({ ...MODEL, QUOTA_MESSAGES_PER_DAY: '0', QUOTA_TOKENS_PER_DAY: '7' }).quota).toMatchObject({
        messagesPerDay: undefined,
        tokensPerDay: 7,
      });
      expect(loadConfig({ ...REQUIRED, QUOTA_MESSAGES_PER_DAY: '5' }).quota.messagesPerDay).toBe(5);
    });

    it('is a Bedrock model in the server’s region by default', () => {
      expect(loadConfig({ ...REQUIRED, BOT: 'bedrock', BOT_MODEL: 'nova' }).bot).toMatchObject({
        kind: 'bedrock',
        region: 'eu-west-1',
        model: 'nova',
      });
    });

    it.each([
      ['no model', { BOT: 'bedrock' }, 'BOT_MODEL: is required for BOT=openai-compatible and BOT=bedrock'],
      ['no base URL', { BOT: 'openai-compatible', BOT_MODEL: 'llama' }, 'BOT_BASE_URL: is required'],
      ['a base URL without a model', { BOT_BASE_URL: 'https://api.example.com' }, 'BOT_BASE_URL: requires BOT='],
      ['a prompt without a model', { BOT_SYSTEM_PROMPT: 'Be kind.' }, 'BOT_SYSTEM_PROMPT: requires BOT='],
      ['an unknown bot', { BOT: 'parrot' }, 'BOT: '],
      [
        'plain http to another host',
        { ...MODEL, BOT_BASE_URL: 'http://169.254.169.254/v1' },
        'BOT_BASE_URL: must be https',
      ],
      [
        'a host name that only looks like loopback',
        { ...MODEL, BOT_BASE_URL: 'http://127.evil.example' },
        'BOT_BASE_URL: must be https',
      ],
      ['credentials in the URL', { ...MODEL, BOT_BASE_URL: 'https://me:pw@example.com' }, 'BOT_BASE_URL: must be'],
      ['a query in the URL', { ...MODEL, BOT_BASE_URL: 'https://example.com/v1?x=1' }, 'BOT_BASE_URL: must be'],
      ['a fraction of a day', { MESSAGE_TTL_DAYS: '0.5' }, 'MESSAGE_TTL_DAYS: '],
      ['a negative quota', { QUOTA_TOKENS_PER_DAY: '-1' }, 'QUOTA_TOKENS_PER_DAY: '],
    ])('%s is an error that names the variable', (_label, environment, message) => {
      expect(errorsOf({ ...REQUIRED, ...environment })).toContain(message);
    });
  });
});
