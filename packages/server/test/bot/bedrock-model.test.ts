import { expect, it, vi } from 'vitest';
import { deltasOf, never, turnOf } from '../../../core/test/support/bot-turns.ts';
import { bedrockModel } from '../../src/bot/bedrock-model.ts';
import { createBot } from '../../src/bot/create-bot.ts';
import { modelBot } from '../../src/bot/model-bot.ts';
import { type ModelRequest, modelServer, type Script, status, stream } from '../support/servers/model-server.ts';
import { end, frame, textDelta } from './bedrock-stream.ts';

const CONFIG = {
  kind: 'bedrock',
  region: 'eu-west-1',
  endpoint: undefined,
  model: 'amazon.nova-lite-v1:0',
  systemPrompt: 'Be brief.',
  historyMessages: 20,
  historyCharacters: 16_000,
  maxOutputTokens: 64,
  timeLimits: { firstPartMs: 5000, idleMs: 5000, totalMs: 10_000 },
} as const;

const botAt = (endpoint: string) => createBot({ ...CONFIG, endpoint });

it('replies, and reports the tokens', async () => {
  const { baseUrl, requests } = await modelServer((res) =>
    stream(res, textDelta('Good'), textDelta(' day'), ...end()).end(),
  );
  const turn = turnOf('canary two', [{ content: 'canary one', reply: 'canary' }]);
  expect(await deltasOf(botAt(baseUrl)(turn, never))).toEqual(['Good', ' day']);
  expect(turn.tokens).toEqual([42]);
  expect(requests).toMatchObject([
    {
      path: '/v1/model/amazon.nova-lite-v1%3A0/converse-stream',
      body: { system: [{ text: 'Be brief.' }], inferenceConfig: { maxTokens: 64 } },
    },
  ]);
});

it('signs with AWS credentials for the region, and uses no other key in the environment', async () => {
  vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'canary');
  const { baseUrl, requests } = await modelServer((res) => stream(res, textDelta('Hm.'), ...end()).end());
  await deltasOf(botAt(baseUrl)(turnOf('canary'), never)).finally(() => vi.unstubAllEnvs());
  expect(requests[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=local\/\d{8}\/eu-west-1\/bedrock\//);
});

it('uses the region’s endpoint, whatever the environment contains', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://canary.example');
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', 'http://canary.example');
  const urls: string[] = [];
  const fetch = async (input: string | URL | Request) => {
    urls.push(String(input));
    return new Response('{}', { status: 403 });
  };
  const bot = modelBot(bedrockModel(CONFIG), CONFIG, { fetch, onRefusal: () => undefined });
  const reply = deltasOf(bot(turnOf('canary'), never, () => undefined)).finally(() => vi.unstubAllEnvs());
  await expect(reply).rejects.toMatchObject({ reason: 'HTTP 403' });
  expect(urls.map((url) => new URL(url).origin)).toEqual(['https://bedrock-runtime.eu-west-1.amazonaws.com']);
});

it('fails if the request is rejected', async () => {
  const { baseUrl } = await modelServer(status(403, '{"message":"canary"}'));
  const reply = deltasOf(botAt(baseUrl)(turnOf('canary'), never));
  await expect(reply).rejects.toMatchObject({ name: 'ModelError', code: 'bot-misconfigured', reason: 'HTTP 403' });
});

it.each([
  [
    'an exception',
    [frame({ ':message-type': 'exception', ':exception-type': 'throttlingException' }, { message: 'canary' })],
  ],
  ['a truncated message', [textDelta('canary').subarray(0, 20)]],
  ['a message with a wrong checksum', [Buffer.concat([textDelta('canary').subarray(0, -1), Buffer.from([0])])]],
])('%s in a reply throws after the text so far', async (_label, parts) => {
  const { baseUrl } = await modelServer((res) => stream(res, textDelta('Half a'), ...parts).end());
  const reply = botAt(baseUrl)(turnOf('canary'), never)[Symbol.asyncIterator]();
  expect(await reply.next()).toMatchObject({ value: 'Half a' });
  await expect(reply.next()).rejects.toMatchObject({
    name: 'ModelError',
    message: expect.not.stringMatching('canary'),
  });
});

const rejection = (code: number, message: string, headers: Record<string, string> = {}): Script =>
  status(code, JSON.stringify({ message }), headers);
const streamedReply: Script = (res) => stream(res, textDelta('Here I am.'), ...end()).end();
const wholeReply: Script = status(
  200,
  JSON.stringify({
    output: { message: { role: 'assistant', content: [{ text: 'Here I am.' }] } },
    stopReason: 'end_turn',
    usage: { inputTokens: 30, outputTokens: 12, totalTokens: 42 },
  }),
  {},
);

it.each<[string, (request: ModelRequest) => boolean, Script]>([
  [
    'system messages',
    ({ body }) => Object(body.system).length > 0,
    rejection(400, "This model doesn't support system messages. Try again without system messages."),
  ],
  [
    'the output limit',
    ({ body }) => Object(body.inferenceConfig).maxTokens !== undefined,
    rejection(400, 'Malformed input request: extraneous key [maxTokens] is not permitted'),
  ],
  ['streaming', ({ path = '' }) => path.endsWith('-stream'), rejection(400, 'The model is unsupported for streaming')],
  [
    'a prompt that is too long',
    ({ body }) => Object(body.messages).length > 1,
    rejection(400, 'Input is too long for requested model.'),
  ],
])('%s that the model rejects is omitted, also from later requests', async (_label, rejects, respond) => {
  const { baseUrl, requests } = await modelServer((res, request) => {
    if (rejects(request)) return respond(res, request);
    return (request.path?.endsWith('-stream') ? streamedReply : wholeReply)(res, request);
  });
  const bot = botAt(baseUrl);
  const turn = () => turnOf('canary three', [{ content: 'canary one', reply: 'x'.repeat(6000) }]);
  expect(await deltasOf(bot(turn(), never))).toEqual(['Here I am.']);
  const before = requests.length;
  expect(await deltasOf(bot(turn(), never))).toEqual(['Here I am.']);
  expect(requests.length).toBe(before + 1);
});

it('missing credentials are a permanent error with its own reason', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', '');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  const reply = deltasOf(botAt('http://127.0.0.1:9')(turnOf('canary'), never)).finally(() => vi.unstubAllEnvs());
  await expect(reply).rejects.toMatchObject({ code: 'bot-misconfigured', reason: 'no AWS credentials' });
});

it('a single message that is too long has its own problem code', async () => {
  const { baseUrl } = await modelServer(rejection(400, 'Input is too long for requested model.'));
  await expect(deltasOf(botAt(baseUrl)(turnOf('canary'), never))).rejects.toMatchObject({ code: 'message-too-long' });
});

it('an unknown model is a permanent error, and throttling has a Retry-After', async () => {
  const missing = await modelServer(rejection(404, 'canary: no such model'));
  await expect(deltasOf(botAt(missing.baseUrl)(turnOf('canary'), never))).rejects.toMatchObject({
    code: 'bot-misconfigured',
  });
  const throttled = await modelServer(rejection(429, 'canary: too many tokens per day', { 'retry-after': '9' }));
  await expect(deltasOf(botAt(throttled.baseUrl)(turnOf('canary'), never))).rejects.toMatchObject({
    code: 'bot-unavailable',
    headers: { 'Retry-After': '9' },
  });
});

it.each([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['content_filtered', 'content-filter'],
  ['guardrail_intervened', 'content-filter'],
  ['tool_use', 'other'],
  ['model_context_window_exceeded', 'length'],
])('%s is %s', async (stopReason, reason) => {
  const { baseUrl } = await modelServer((res) => stream(res, textDelta('Half a'), ...end(stopReason)).end());
  const turn = turnOf('canary');
  await deltasOf(botAt(baseUrl)(turn, never));
  expect(turn.finishes).toEqual([reason]);
});
