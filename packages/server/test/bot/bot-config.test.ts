import { expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';

const REQUIRED = {
  AWS_REGION: 'eu-west-1',
  COGNITO_USER_POOL_ID: 'eu-west-1_pool',
  COGNITO_APP_CLIENT_ID: 'client',
  DYNAMO_MESSAGES_TABLE: 'Messages',
};
const MODEL = { ...REQUIRED, BOT: 'openai-compatible', BOT_MODEL: 'm', BOT_BASE_URL: 'https://api.example.com/v1' };
const BEDROCK = { ...REQUIRED, BOT: 'bedrock', BOT_MODEL: 'm' };

it.each([
  ['https://api.example.com', 'https://api.example.com/'],
  ['https://api.example.com:8443/a/v1/', 'https://api.example.com:8443/a/v1/'],
  ['http://localhost:11434/v1', 'http://localhost:11434/v1'],
  ['http://127.0.0.1/v1', 'http://127.0.0.1/v1'],
  ['http://127.8.9.10/v1', 'http://127.8.9.10/v1'],
  ['http://0x7f.1/v1', 'http://127.0.0.1/v1'],
  ['http://[::1]:8080/v1', 'http://[::1]:8080/v1'],
])('%s is allowed as the URL of a model', (BOT_BASE_URL, baseUrl) => {
  expect(loadConfig({ ...MODEL, BOT_BASE_URL }).bot).toMatchObject({ baseUrl });
});

it.each([
  'http://api.example.com/v1',
  'http://localhost.example.com/v1',
  'http://127.0.0.1.example.com/v1',
  'http://127.0.0.1@example.com/v1',
  'http://10.0.0.1/v1',
  'http://0.0.0.0/v1',
  'http://[::ffff:10.0.0.1]/v1',
  'https://canary@api.example.com/v1',
  'https://:canary@api.example.com/v1',
  'https://api.example.com/v1?',
  'https://api.example.com/v1#',
  'ftp://localhost/v1',
  'file:///v1',
  'localhost:11434',
  'canary',
])('%s is not allowed', (url) => {
  for (const [environment, name] of [
    [MODEL, 'BOT_BASE_URL'],
    [BEDROCK, 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME'],
  ] as const)
    expect(() => loadConfig({ ...environment, [name]: url })).toThrow(new RegExp(`^ {2}${name}: must be [^']*$`, 'm'));
});

it.each(['http://ollama:11434/v1', 'http://host.docker.internal:11434/v1', 'http://192.168.1.20:8080/v1'])(
  '%s needs BOT_ALLOW_HTTP=true, which the error names',
  (BOT_BASE_URL) => {
    expect(() => loadConfig({ ...MODEL, BOT_BASE_URL })).toThrow('BOT_ALLOW_HTTP=true');
    expect(loadConfig({ ...MODEL, BOT_BASE_URL, BOT_ALLOW_HTTP: 'true' }).bot).toMatchObject({ baseUrl: BOT_BASE_URL });
  },
);

it('the URL of an unused model is not checked', () => {
  const AWS_ENDPOINT_URL_BEDROCK_RUNTIME = 'http://bedrock.internal';
  expect(loadConfig({ ...REQUIRED, AWS_ENDPOINT_URL_BEDROCK_RUNTIME }).bot.kind).toBe('keyword');
});

it('Bedrock may have a custom endpoint', () => {
  const environment = { ...BEDROCK, AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://127.0.0.1:4566' };
  expect(loadConfig(environment).bot).toMatchObject({ endpoint: 'http://127.0.0.1:4566/' });
  expect(loadConfig(BEDROCK).bot).toMatchObject({ endpoint: undefined });
});

it.each([
  ['a key for Bedrock', { ...BEDROCK, BOT_API_KEY: 'canary' }, 'BOT_API_KEY: requires BOT=openai-compatible'],
  ['a base URL for Bedrock', { ...BEDROCK, BOT_BASE_URL: 'https://canary.example' }, 'BOT_BASE_URL: requires BOT='],
  ['a model for the keyword bot', { ...REQUIRED, BOT_MODEL: 'canary' }, 'BOT_MODEL: requires BOT='],
  ['a key for the keyword bot', { ...REQUIRED, BOT_API_KEY: 'canary' }, 'BOT_API_KEY: requires BOT='],
  [
    'a key that is invalid in a header',
    { ...MODEL, BOT_API_KEY: 'canary\n' },
    'BOT_API_KEY: must contain only visible ASCII',
  ],
  ['a history limit that is too high', { ...MODEL, BOT_HISTORY_MESSAGES: '201' }, 'BOT_HISTORY_MESSAGES: '],
  ['an output limit of 0', { ...MODEL, BOT_MAX_OUTPUT_TOKENS: '0' }, 'BOT_MAX_OUTPUT_TOKENS: '],
])('%s is an error without the value', (_label, environment, message) => {
  expect(() => loadConfig(environment)).toThrow(message);
  expect(() => loadConfig(environment)).not.toThrow('canary');
});

it('reports all conflicts at once', () => {
  const load = () => loadConfig({ ...REQUIRED, COOKIE_SITE: 'cross-site', BOT: 'openai-compatible' });
  expect(load).toThrow(/COOKIE_SITE: .*BOT_MODEL: .*BOT_BASE_URL: /s);
});

it('treats a blank variable as unset, not as 0', () => {
  const environment = { ...MODEL, BOT_API_KEY: ' ', BOT_HISTORY_MESSAGES: ' ', QUOTA_TOKENS_PER_DAY: '\t' };
  expect(loadConfig(environment)).toMatchObject({
    bot: { apiKey: undefined, historyMessages: 20, historyCharacters: 16_000, maxOutputTokens: 4096 },
    quota: { tokensPerDay: 500_000 },
  });
});

it('reserves as many tokens as a reply may have', () => {
  expect(loadConfig({ ...MODEL, BOT_MAX_OUTPUT_TOKENS: '7' }).quota.reserveTokens).toBe(7);
});
