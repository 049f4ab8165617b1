/** The error and response formats of real providers. */

import type { PastTurn } from '@async-chatbot/core/ports/bot';
import { describe, expect, it } from 'vitest';
import { deltasOf, never, turnOf } from '../../../core/test/support/bot-turns.ts';
import { createBot } from '../../src/bot/create-bot.ts';
import {
  deltaEvent,
  end,
  event,
  type ModelRequest,
  modelServer,
  replyWith,
  type Script,
  status,
  stream,
} from '../support/servers/model-server.ts';

const CONFIG = {
  kind: 'openai-compatible',
  apiKey: undefined,
  model: 'm-1',
  systemPrompt: 'Be brief.',
  historyMessages: 20,
  historyCharacters: 16_000,
  maxOutputTokens: 64,
  timeLimits: { firstPartMs: 5000, idleMs: 5000, totalMs: 10_000 },
} as const;

const PAST = [
  { content: 'canary one', reply: 'canary two' },
  { content: 'canary three', reply: 'canary four' },
];

/** A bot on a provider that sends `response` while `rejects` returns true, and replies otherwise. */
async function botOf(
  rejects: (body: ModelRequest['body']) => boolean,
  response: Script,
  reply = replyWith('Here ', 'I am.'),
) {
  const { baseUrl, requests } = await modelServer((res, request) =>
    (rejects(request.body) ? response : reply)(res, request),
  );
  const bot = createBot({ ...CONFIG, baseUrl });
  return {
    requests,
    async replyTo(content: string, past: PastTurn[] = PAST) {
      const turn = turnOf(content, past);
      const text = (await deltasOf(bot(turn, never))).join('');
      return { text, turn };
    },
  };
}

/** A bot on a provider that always sends this response. */
const botThat = (response: Script) => botOf(() => true, response);

const rejection = (code: number, error: unknown): Script => status(code, JSON.stringify(error), {});
const rolesOf = ({ messages }: ModelRequest['body']) => (messages as { role: string }[]).map(({ role }) => role);
const hasSystem = (body: ModelRequest['body']) => rolesOf(body).includes('system');

describe('optional parameters', () => {
  it.each<[string, (body: ModelRequest['body']) => boolean, Script]>([
    [
      'max_tokens, as OpenAI does',
      (body) => 'max_tokens' in body,
      rejection(400, {
        error: {
          message:
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
          type: 'invalid_request_error',
          param: 'max_tokens',
          code: 'unsupported_parameter',
        },
      }),
    ],
    [
      'any output limit',
      (body) => 'max_tokens' in body || 'max_completion_tokens' in body,
      (res, { body }) =>
        rejection(422, {
          detail: [
            {
              type: 'extra_forbidden',
              loc: ['body', 'max_tokens' in body ? 'max_tokens' : 'max_completion_tokens'],
              msg: 'Extra inputs are not permitted',
            },
          ],
        })(res, { body } as ModelRequest),
    ],
    [
      'an output limit that is too high',
      (body) => 'max_tokens' in body || 'max_completion_tokens' in body,
      rejection(400, { error: { message: 'Invalid max_tokens value, the valid range of max_tokens is [1, 32]' } }),
    ],
    [
      'stream_options',
      (body) => 'stream_options' in body,
      rejection(400, {
        error: { message: "Extra inputs are not permitted: 'stream_options'", type: 'invalid_request_error' },
      }),
    ],
    [
      'stream_options, as a plain text',
      (body) => 'stream_options' in body,
      (res) => res.writeHead(422).end('json: unknown field "stream_options"'),
    ],
    [
      'both, one after the other',
      (body) => 'stream_options' in body || 'max_tokens' in body,
      (res, { body }) => {
        const name = 'stream_options' in body ? 'stream_options' : 'max_tokens';
        return rejection(400, { error: { message: `Unrecognized request argument supplied: ${name}` } })(res, {
          body,
        } as ModelRequest);
      },
    ],
    [
      'stream_options, with status 500',
      (body) => 'stream_options' in body,
      rejection(500, { error: { message: 'Unrecognized request argument supplied: stream_options' } }),
    ],
    [
      'stream_options, with status 200',
      (body) => 'stream_options' in body,
      rejection(200, { error: { message: 'unknown parameter stream_options', code: 'unsupported_parameter' } }),
    ],
    [
      'max_tokens, within its stream',
      (body) => 'max_tokens' in body,
      (res) => stream(res, event({ error: { message: 'max_tokens is not supported', code: '400' } })).end(),
    ],
    ['a parameter that it does not name', (body) => 'stream_options' in body, rejection(400, { error: 'Bad Request' })],
    [
      'the system role, as Gemma’s chat template does',
      hasSystem,
      rejection(400, { object: 'error', message: 'System role not supported', code: 400 }),
    ],
    [
      'the system role, as OpenAI’s o1-mini does',
      hasSystem,
      rejection(400, {
        error: {
          message: "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
          param: 'messages[0].role',
          code: 'unsupported_value',
        },
      }),
    ],
    [
      'the system role, as Mistral’s first chat template does in llama.cpp',
      hasSystem,
      rejection(500, {
        error: {
          code: 500,
          message: 'Jinja Exception: Conversation roles must alternate user/assistant/user/assistant',
        },
      }),
    ],
    [
      'the system role, within its stream',
      hasSystem,
      (res) =>
        stream(res, event({ error: { message: 'Error rendering prompt with jinja template: System role!' } })).end(),
    ],
  ])('%s: omitted, also from later requests', async (_label, rejects, response) => {
    const { requests, replyTo } = await botOf(rejects, response);
    expect((await replyTo('canary five')).text).toBe('Here I am.');
    const before = requests.length;
    expect((await replyTo('canary six')).text).toBe('Here I am.');
    expect(requests.length).toBe(before + 1);
    const body = requests.at(-1)?.body ?? {};
    expect(JSON.stringify(body.messages)).toContain('Be brief.');
    expect(rolesOf(body).filter((role) => role !== 'system')).toEqual([
      'user',
      'assistant',
      'user',
      'assistant',
      'user',
    ]);
  });

  it('replaces max_tokens with OpenAI’s parameter', async () => {
    const { requests, replyTo } = await botOf(
      (body) => 'max_tokens' in body,
      rejection(400, { error: { message: 'Unsupported parameter', param: 'max_tokens' } }),
    );
    await replyTo('canary');
    expect(requests.at(-1)?.body).toMatchObject({ max_completion_tokens: 64 });
  });

  it.each([
    [
      'by name',
      rejection(400, {
        error: { message: 'Your organization must be verified to stream this model.', param: 'stream' },
      }),
    ],
    ['as a missing route', rejection(404, { error: { message: 'No endpoints found that support streaming' } })],
  ])('requests the whole reply if streaming is rejected %s', async (_label, response) => {
    const { requests, replyTo } = await botOf((body) => body.stream === true, response, json({ content: 'Whole.' }));
    expect((await replyTo('canary')).text).toBe('Whole.');
    expect((await replyTo('canary')).text).toBe('Whole.');
    expect(requests).toHaveLength(3);
  });
});

/** A chat completion as one document. */
const json =
  (message: object, rest: object = { usage: { prompt_tokens: 30, completion_tokens: 12 } }, finish_reason = 'stop') =>
  (res: Parameters<Script>[0]) =>
    status(
      200,
      JSON.stringify({
        id: 'c',
        object: 'chat.completion',
        created: 1,
        model: 'm',
        choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason }],
        ...rest,
      }),
      {},
    )(res, {} as ModelRequest);

it('a vague rejection of streaming still leads to a reply', async () => {
  const { requests, replyTo } = await botOf(
    (body) => body.stream === true,
    rejection(422, {}),
    json({ content: 'Whole.' }),
  );
  expect((await replyTo('canary')).text).toBe('Whole.');
  const before = requests.length;
  expect((await replyTo('canary')).text).toBe('Whole.');
  expect(requests.length).toBe(before + 1);
});

const choice = (delta: object, finish_reason: unknown = null, index = 0) => ({ index, delta, finish_reason });
const bare = (data: object) => `data: ${JSON.stringify(data)}\n\n`;

describe('streams of various servers', () => {
  it.each<[string, string[], string, string]>([
    ['error: null', [bare({ error: null, choices: [choice({ content: 'Good.' }, 'stop')] })], 'Good.', 'stop'],
    ['pings', [bare({ object: 'ping' }), deltaEvent('Good.'), end()], 'Good.', 'stop'],
    ['a message instead of a delta', [bare({ choices: [{ message: { content: 'Good.' } }] }), end()], 'Good.', 'stop'],
    ['a text instead of a delta', [bare({ choices: [{ text: 'Good.' }] }), end()], 'Good.', 'stop'],
    ['odd types', [bare({ id: 7, created: 'now', choices: [choice({ content: 'Good.' }, 7)] })], 'Good.', 'other'],
    [
      'two choices',
      [bare({ choices: [choice({ content: 'A' }), choice({ content: 'B' }, null, 1)] }), end()],
      'A',
      'stop',
    ],
    ['only [DONE]', [deltaEvent('Good.'), event('[DONE]')], 'Good.', 'other'],
    ['more after [DONE]', [deltaEvent('Good.'), end(), deltaEvent('ghost')], 'Good.', 'stop'],
    [
      'CRLF and no spaces',
      [deltaEvent('Good.').replaceAll('\n', '\r\n').replace('data: ', 'data:'), end()],
      'Good.',
      'stop',
    ],
  ])('%s', async (_label, parts, text, finish) => {
    const { replyTo } = await botThat((res) => stream(res, ...parts).end());
    const reply = await replyTo('canary');
    expect([reply.text, reply.turn.finishes]).toEqual([text, [finish]]);
  });

  it('a connection that stays open after the end delays nothing', async () => {
    const { replyTo } = await botThat((res) => stream(res, deltaEvent('Good.'), end()));
    expect((await replyTo('canary')).text).toBe('Good.');
  });

  it('a connection that breaks after the end loses nothing', async () => {
    const finished = bare({ choices: [choice({}, 'stop')] });
    const { replyTo } = await botThat((res) =>
      stream(res, deltaEvent('Good.'), finished).write(':', () => res.destroy()),
    );
    expect((await replyTo('canary')).text).toBe('Good.');
  });

  it('the finish reason error is a failure', async () => {
    const { replyTo } = await botThat((res) => stream(res, deltaEvent('Half a'), end({}, 'error')).end());
    await expect(replyTo('canary')).rejects.toMatchObject({ code: 'bot-unavailable' });
  });

  it('counts may be strings, and implausible ones are estimated', async () => {
    const withUsage = (usage: object) => bare({ choices: [choice({ content: 'Good.' }, 'stop')], usage });
    const texts = await botThat((res) =>
      stream(res, withUsage({ prompt_tokens: '30', completion_tokens: '12' })).end(),
    );
    expect((await texts.replyTo('canary', [])).turn.tokens).toEqual([42]);
    const huge = await botThat((res) => stream(res, withUsage({ prompt_tokens: 9e9 })).end());
    expect((await huge.replyTo('canary', [])).turn.tokens).toEqual([Math.ceil('Be brief.canaryGood.'.length / 4)]);
  });

  it('an empty reply is not charged unless the provider reports usage', async () => {
    const { baseUrl } = await modelServer((res) => stream(res, bare({ choices: [choice({}, 'tool_calls')] })).end());
    const turn = turnOf('canary');
    await expect(deltasOf(createBot({ ...CONFIG, baseUrl })(turn, never))).rejects.toMatchObject({ reason: 'empty' });
    expect(turn.tokens).toEqual([0]);
  });
});

describe('one JSON document instead of a stream', () => {
  it('is a reply with its usage and its finish reason', async () => {
    const { replyTo, requests } = await botThat(json({ content: 'Whole.' }, undefined, 'length'));
    const { text, turn } = await replyTo('canary');
    expect(text).toBe('Whole.');
    expect(turn).toMatchObject({ tokens: [42], finishes: ['length'] });
    expect(requests).toHaveLength(1);
  });

  it('may have error: null, text in parts, and any media type', async () => {
    const content = [{ type: 'text', text: 'Whole.' }];
    const nothing = await botThat(json({ content }, { error: null }));
    expect((await nothing.replyTo('canary')).text).toBe('Whole.');
    for (const type of ['text/plain', 'text/event-stream']) {
      const document = '{"choices":[{"message":{"content":"Whole."}}]}';
      const { replyTo } = await botThat((res) => res.writeHead(200, { 'content-type': type }).end(document));
      expect((await replyTo('canary')).text).toBe('Whole.');
    }
  });

  it('differs from a stream with another media type, whose deltas are emitted at once', async () => {
    const { baseUrl } = await modelServer((res) => void res.writeHead(200).write(deltaEvent('Good')));
    const reply = createBot({ ...CONFIG, baseUrl })(turnOf('canary'), never)[Symbol.asyncIterator]();
    expect(await reply.next()).toMatchObject({ value: 'Good' });
    await reply.return?.();
  });

  it('may contain an error with status 200', async () => {
    const { replyTo } = await botThat(rejection(200, { error: { code: 401, message: 'canary: no such key' } }));
    await expect(replyTo('canary')).rejects.toMatchObject({ code: 'bot-misconfigured' });
  });

  it('that is not a chat completion means that the base URL is wrong', async () => {
    const { replyTo } = await botThat(rejection(200, { canary: 1 }));
    await expect(replyTo('canary')).rejects.toMatchObject({ code: 'bot-misconfigured' });
  });
});

describe('the context length', () => {
  const size = ({ messages }: ModelRequest['body']) => JSON.stringify(messages).length;

  it.each([
    [
      'OpenAI',
      400,
      {
        error: {
          message:
            "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
          param: 'messages',
          code: 'context_length_exceeded',
        },
      },
    ],
    ['llama.cpp', 400, { error: { message: 'the request exceeds the available context size', type: 'exceed' } }],
    [
      'Mistral',
      400,
      { message: 'Prompt contains 40000 tokens, too large for model with 32768 maximum context length' },
    ],
    ['Anthropic', 400, { error: { message: 'prompt is too long: 210000 tokens > 200000 maximum' } }],
    ['TGI', 422, { error: 'Input validation error: `inputs` must have less than 4096 tokens. Given: 5000' }],
    [
      'Gemini',
      400,
      { error: { message: 'The input token count (9) exceeds the maximum number of tokens allowed (8).' } },
    ],
    ['a gateway', 413, 'Payload Too Large'],
    ['a template error', 500, { error: 'input length exceeds maximum context length' }],
  ])('%s: retries once without the history, and sends less history from then on', async (_label, code, error) => {
    const long = { content: 'x'.repeat(3000), reply: 'y'.repeat(1000) };
    const { requests, replyTo } = await botOf((body) => size(body) > 3500, rejection(code, error));
    expect((await replyTo('canary', [long, PAST[0] as PastTurn])).text).toBe('Here I am.');
    expect(requests).toHaveLength(2);
    expect((await replyTo('canary', [long, PAST[0] as PastTurn])).text).toBe('Here I am.');
    expect(requests).toHaveLength(3);
    expect(JSON.stringify(requests[2]?.body)).toContain('canary one');
  });

  it('a single message that is too long fails with its own problem', async () => {
    const error = { error: { message: 'maximum context length is 8192 tokens', code: 'context_length_exceeded' } };
    const { requests, replyTo } = await botOf((body) => size(body) > 3500, rejection(400, error));
    await expect(replyTo('x'.repeat(4000), [])).rejects.toMatchObject({ code: 'message-too-long' });
    expect(requests).toHaveLength(2);
    expect((await replyTo('canary', [])).text).toBe('Here I am.');
  });

  it.each([
    ['names', "'max_tokens' is too large: 64. This model's maximum context length is 60 tokens."],
    ['does not name', 'maximum context length is 60 tokens. However, you requested 79 tokens (64 in the completion).'],
    ['uses another name for', '`inputs` tokens + `max_new_tokens` must be <= 60. Given: 15 and 64'],
  ])(
    'if only the reply exceeds the context, the message is not too long: an error that %s the limit',
    async (_label, message) => {
      const rejects = (body: ModelRequest['body']) => 'max_tokens' in body || 'max_completion_tokens' in body;
      const { requests, replyTo } = await botOf(rejects, rejection(400, { message }));
      expect((await replyTo('canary', [])).text).toBe('Here I am.');
      expect((await replyTo('canary', PAST)).text).toBe('Here I am.');
      // A shorter conversation has room, so the limit is sent again.
      expect(requests.filter(({ body }) => rejects(body)).length).toBeGreaterThan(1);
      expect(JSON.stringify(requests.at(-1)?.body)).toContain('Be brief.');
    },
  );

  it('a message that is too long does not reduce the history of other conversations', async () => {
    const error = { error: { message: 'prompt is too long: 9000 tokens > 8000 maximum' } };
    const { requests, replyTo } = await botOf((body) => size(body) > 3500, rejection(400, error));
    await expect(replyTo('x'.repeat(4000))).rejects.toMatchObject({ code: 'message-too-long' });
    await replyTo('canary');
    expect(JSON.stringify(requests.at(-1)?.body)).toContain('canary one');
  });
});

describe('activity', () => {
  const LIMITS = { firstPartMs: 400, idleMs: 400, totalMs: 5000 };
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  it.each<[string, string, number]>([
    ['reasoning', event({ choices: [{ index: 0, delta: { reasoning_content: 'canary' } }] }), 9],
    ['reasoning under its other name', event({ choices: [{ index: 0, delta: { reasoning: 'canary' } }] }), 9],
    ['SSE comments', ': keep-alive\n\n', 9],
    ['slow deltas', deltaEvent('slow '), 9],
    ['empty deltas', event({ choices: [{ index: 0, delta: { content: '' } }] }), 9],
  ])('resets the idle timeout: %s', async (_label, part, count) => {
    const { baseUrl } = await modelServer(async (res) => {
      stream(res);
      for (let index = 0; index < count; index += 1) {
        res.write(part);
        await pause(150);
      }
      res.end(deltaEvent('Done.') + end());
    });
    const bot = createBot({ ...CONFIG, baseUrl, timeLimits: LIMITS });
    expect((await deltasOf(bot(turnOf('canary'), never))).join('')).toMatch(/Done\.$/);
  });

  it('a model that loads in silence has until the limit for the first part', async () => {
    const { baseUrl } = await modelServer(async (res, request) => {
      await pause(800);
      replyWith('Loaded.')(res, request);
    });
    const bot = createBot({ ...CONFIG, baseUrl, timeLimits: { ...LIMITS, firstPartMs: 4000 } });
    expect(await deltasOf(bot(turnOf('canary'), never))).toEqual(['Loaded.']);
  });
});

describe('finish reasons', () => {
  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['max_tokens', 'length'],
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content-filter'],
    ['content_filter', 'content-filter'],
    ['tool_calls', 'other'],
    ['function_call', 'other'],
    ['eos', 'other'],
  ])('%s is %s', async (raw, reason) => {
    const { replyTo } = await botThat((res) => stream(res, deltaEvent('Half a'), end({ prompt_tokens: 1 }, raw)).end());
    const { text, turn } = await replyTo('canary');
    expect([text, turn.finishes]).toEqual(['Half a', [reason]]);
  });

  it.each(['length', 'content_filter'])('%s before any text is an empty reply, not a failure', async (raw) => {
    const { replyTo } = await botThat((res) => stream(res, end({ completion_tokens: 9 }, raw)).end());
    const { text, turn } = await replyTo('canary');
    expect([text, turn.finishes, turn.tokens]).toEqual(['', [raw.replace('_', '-')], [9]]);
  });

  it('a prompt rejected by Azure’s filter is an empty reply with the finish reason content-filter', async () => {
    const error = { error: { message: 'canary', code: 'content_filter', status: 400 } };
    const { replyTo, requests } = await botThat(rejection(400, error));
    const { text, turn } = await replyTo('canary');
    expect([text, turn.finishes, requests.length]).toEqual(['', ['content-filter'], 1]);
    expect(turn.tokens).toEqual([0]);
  });

  it('the server’s maximum length has the finish reason length', async () => {
    const { baseUrl } = await modelServer(replyWith('😀'.repeat(8), 'and more'));
    const turn = turnOf('canary');
    expect(await deltasOf(createBot({ ...CONFIG, baseUrl }, { codePoints: 8 })(turn, never))).toEqual(['😀'.repeat(8)]);
    expect(turn.finishes).toEqual(['length']);
  });
});

describe('failures', () => {
  it.each([401, 402, 403, 404, 405, 410, 415, 501])('HTTP %i is permanent and not retried', async (code) => {
    const error = { error: { message: 'canary', code: 'model_not_found' } };
    const { requests, replyTo } = await botThat(rejection(code, error));
    await expect(replyTo('canary')).rejects.toMatchObject({
      name: 'ModelError',
      code: 'bot-misconfigured',
      status: 502,
      headers: {},
      providerStatus: code,
      providerCode: 'model_not_found',
      message: expect.not.stringContaining('canary'),
    });
    expect(requests).toHaveLength(1);
  });

  it('a 400 for the smallest request and an exhausted provider quota are permanent too', async () => {
    const invalid = await botThat(rejection(400, { error: { message: 'no' } }));
    await expect(invalid.replyTo('canary')).rejects.toMatchObject({ code: 'bot-misconfigured' });
    expect(invalid.requests.map(({ body }) => Object.keys(body).sort())).toEqual([
      ['max_tokens', 'messages', 'model', 'stream', 'stream_options'],
      ['messages', 'model', 'stream'],
      ['messages', 'model'],
    ]);
    const exhausted = await botThat(rejection(429, { error: { code: 'insufficient_quota' } }));
    await expect(exhausted.replyTo('canary')).rejects.toMatchObject({ code: 'bot-misconfigured' });
  });

  it.each<[string, () => Record<string, string>, string]>([
    ['seconds', () => ({ 'retry-after': '7' }), '7'],
    ['a date', () => ({ 'retry-after': new Date(Date.now() + 60_000).toUTCString() }), '60'],
    ['milliseconds', () => ({ 'retry-after-ms': '6500' }), '7'],
  ])('a rate limit with %s is forwarded at once', async (_label, headers, seconds) => {
    const { requests, replyTo } = await botThat(status(429, '{"error":{"message":"canary"}}', headers()));
    const error = await replyTo('canary').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'bot-unavailable', status: 503 });
    expect(Math.abs(Number(Object(error).headers['Retry-After']) - Number(seconds))).toBeLessThanOrEqual(1);
    expect(requests).toHaveLength(1);
  });

  it('an error in the stream is retried before any text, and not after', async () => {
    const failed = event({ error: { code: 503, message: 'canary: overloaded' } });
    const passing = await modelServer((res) => stream(res, failed).end(), replyWith('Here I am.'));
    expect(await deltasOf(createBot({ ...CONFIG, baseUrl: passing.baseUrl })(turnOf('canary'), never))).toEqual([
      'Here I am.',
    ]);
    const { requests, replyTo } = await botThat((res) => stream(res, deltaEvent('Half a'), failed).end());
    await expect(replyTo('canary')).rejects.toMatchObject({ code: 'bot-unavailable', providerStatus: 503 });
    expect(requests).toHaveLength(1);
  });
});

describe('usage', () => {
  it('a failure before any output reports no usage', async () => {
    const { baseUrl } = await modelServer(status(500));
    const turn = turnOf('canary');
    await expect(deltasOf(createBot({ ...CONFIG, baseUrl })(turn, never))).rejects.toMatchObject({ status: 503 });
    expect(turn.tokens).toEqual([0]);
  });

  it('a failure during the reply and a cancellation report an estimate', async () => {
    const estimate = Math.ceil('Be brief.canaryHalf a'.length / 4);
    const broken = await modelServer((res) => stream(res, deltaEvent('Half a')).write(' ', () => res.destroy()));
    const turn = turnOf('canary');
    await expect(deltasOf(createBot({ ...CONFIG, baseUrl: broken.baseUrl })(turn, never))).rejects.toThrow();
    expect(turn.tokens).toEqual([estimate]);

    const { baseUrl } = await modelServer((res) => stream(res, deltaEvent('Half a')));
    const stopped = turnOf('canary');
    const stop = new AbortController();
    const reply = createBot({ ...CONFIG, baseUrl })(stopped, stop.signal)[Symbol.asyncIterator]();
    await reply.next();
    stop.abort(new Error('stop'));
    await expect(reply.next()).rejects.toThrow('stop');
    expect(stopped.tokens).toEqual([estimate]);
  });
});
