import { crc32 } from 'node:zlib';
import { expect, it, vi } from 'vitest';
import { bedrockModel } from '../../src/bot/bedrock-model.ts';
import { createBot } from '../../src/bot/create-bot.ts';
import { modelBot } from '../../src/bot/model-bot.ts';
import { modelServer, status, stream } from './model-server.ts';
import { never, piecesOf, turnOf } from './turns.ts';

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

/** A message in AWS's format of event streams: lengths, headers, payload, and a checksum of each part. */
function frame(headers: Record<string, string>, payload: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(payload));
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => headerOf(name, value)));
  const lengths = numbers(16 + head.length + body.length, head.length);
  const message = Buffer.concat([lengths, numbers(crc32(lengths)), head, body]);
  return Buffer.concat([message, numbers(crc32(message))]);
}

/** Its value is a string, which is type 7. */
function headerOf(name: string, value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([Buffer.from([name.length]), Buffer.from(name), Buffer.from([7]), length, Buffer.from(value)]);
}

function numbers(...values: number[]): Buffer {
  const buffer = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) buffer.writeUInt32BE(value, 4 * index);
  return buffer;
}

const event = (type: string, payload: unknown) => frame({ ':message-type': 'event', ':event-type': type }, payload);
const words = (text: string) => event('contentBlockDelta', { contentBlockIndex: 0, delta: { text } });
const end = [
  event('contentBlockStop', { contentBlockIndex: 0 }),
  event('messageStop', { stopReason: 'end_turn' }),
  event('metadata', { usage: { inputTokens: 30, outputTokens: 12, totalTokens: 42 } }),
];

it('answers, and tells the tokens', async () => {
  const { baseUrl, asked } = await modelServer((res) => stream(res, words('Good'), words(' day'), ...end).end());
  const turn = turnOf('canary two', [{ content: 'canary one', reply: 'canary' }]);
  expect(await piecesOf(botAt(baseUrl)(turn, never))).toEqual(['Good', ' day']);
  expect(turn.tokens).toEqual([42]);
  expect(asked).toMatchObject([
    {
      path: '/v1/model/amazon.nova-lite-v1%3A0/converse-stream',
      body: { system: [{ text: 'Be brief.' }], inferenceConfig: { maxTokens: 64 } },
    },
  ]);
});

it('signs with the credentials of AWS for the region, and with no other key of the environment', async () => {
  vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'canary');
  const { baseUrl, asked } = await modelServer((res) => stream(res, words('Hm.'), ...end).end());
  await piecesOf(botAt(baseUrl)(turnOf('canary'), never)).finally(() => vi.unstubAllEnvs());
  expect(asked[0]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=local\/\d{8}\/eu-west-1\/bedrock\//);
});

it('asks at the region’s own address, whatever else the environment names', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://canary.example');
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', 'http://canary.example');
  const urls: string[] = [];
  const bot = modelBot(bedrockModel(CONFIG), CONFIG, async (input) => {
    urls.push(String(input));
    return new Response('{}', { status: 403 });
  });
  const answer = piecesOf(bot(turnOf('canary'), never, () => undefined)).finally(() => vi.unstubAllEnvs());
  await expect(answer).rejects.toMatchObject({ reason: 'HTTP 403' });
  expect(urls.map((url) => new URL(url).origin)).toEqual(['https://bedrock-runtime.eu-west-1.amazonaws.com']);
});

it('gives no answer when it is refused', async () => {
  const { baseUrl } = await modelServer(status(403, '{"message":"canary"}'));
  const answer = piecesOf(botAt(baseUrl)(turnOf('canary'), never));
  await expect(answer).rejects.toMatchObject({ name: 'ModelError', code: 'bot-misconfigured', reason: 'HTTP 403' });
});

it.each([
  [
    'an exception',
    [frame({ ':message-type': 'exception', ':exception-type': 'throttlingException' }, { message: 'canary' })],
  ],
  ['half a message', [words('canary').subarray(0, 20)]],
  ['a message whose checksum is wrong', [Buffer.concat([words('canary').subarray(0, -1), Buffer.from([0])])]],
])('%s amid an answer leaves what was said, and an error', async (_what, parts) => {
  const { baseUrl } = await modelServer((res) => stream(res, words('Half a'), ...parts).end());
  const answer = botAt(baseUrl)(turnOf('canary'), never)[Symbol.asyncIterator]();
  expect(await answer.next()).toMatchObject({ value: 'Half a' });
  await expect(answer.next()).rejects.toMatchObject({
    name: 'ModelError',
    message: expect.not.stringMatching('canary'),
  });
});
