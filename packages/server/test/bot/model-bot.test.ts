import type { Bot } from '@async-chatbot/core/ports/bot';
import { Problem } from '@async-chatbot/shared/problem';
import { MockLanguageModelV4, simulateReadableStream } from 'ai/test';
import { expect, it, vi } from 'vitest';
import { deltasOf, never, turnOf } from '../../../core/test/support/bot-turns.ts';
import { modelBot } from '../../src/bot/model-bot.ts';
import { withLimits } from '../../src/bot/time-limits.ts';

const TIME_LIMITS = { firstPartMs: 5000, idleMs: 5000, totalMs: 10_000 };
const SETTINGS = {
  systemPrompt: 'Be brief.',
  historyMessages: 4,
  historyCharacters: 16_000,
  maxOutputTokens: 64,
  timeLimits: TIME_LIMITS,
};
const SUPPORT = { outputLimits: ['max_tokens'], streamUsage: true, streaming: true, systemRole: true };

const OPTIONS = { fetch, onRefusal: () => undefined };

/** A bot on a model of the AI SDK. */
const botOf = (model: MockLanguageModelV4, settings: Parameters<typeof modelBot>[1] = SETTINGS): Bot =>
  withLimits(modelBot({ support: SUPPORT, isAlwaysStreamed: false, connect: () => model }, settings, OPTIONS), {
    ...TIME_LIMITS,
    codePoints: 1000,
  });

type Result = Awaited<ReturnType<MockLanguageModelV4['doStream']>>;
type Part = Result['stream'] extends ReadableStream<infer P> ? P : never;

const word = (delta: string): Part => ({ type: 'text-delta', id: '1', delta });
const reasoning = (delta: string): Part => ({ type: 'reasoning-delta', id: '2', delta });
const start: Part[] = [
  { type: 'stream-start', warnings: [{ type: 'other', message: 'canary' }] },
  { type: 'reasoning-start', id: '2' },
  { type: 'text-start', id: '1' },
];
const finish = (input: number | undefined, output: number | undefined): Part => ({
  type: 'finish',
  finishReason: { unified: 'stop', raw: 'stop' },
  usage: {
    inputTokens: { total: input, noCache: input, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: output, text: output, reasoning: undefined },
  },
});

const modelThatSends = (...parts: Part[]) =>
  new MockLanguageModelV4({
    doStream: async () => ({ stream: simulateReadableStream({ chunks: [...start, ...parts], chunkDelayInMs: null }) }),
  });

/** Emits one word and then stalls. */
const modelThatStalls = () =>
  new MockLanguageModelV4({
    doStream: async () => ({
      stream: new ReadableStream({
        start(controller) {
          for (const part of [...start, word('Well')]) controller.enqueue(part);
        },
      }),
    }),
  });

it('emits text, without reasoning and empty deltas', async () => {
  const model = modelThatSends(reasoning('canary'), word('Good'), word(''), word(' day'), finish(3, 4));
  expect(await deltasOf(botOf(model)(turnOf('canary'), never))).toEqual(['Good', ' day']);
});

it('sends the system prompt, then the history, then the message', async () => {
  const model = modelThatSends(word('Hm.'), finish(3, 4));
  const turn = turnOf('canary e', [
    { content: 'canary a', reply: 'canary b' },
    { content: 'canary c', reply: 'canary d' },
  ]);
  await deltasOf(botOf(model)(turn, never));
  expect(turn.limits).toEqual([4]);
  expect(model.doStreamCalls).toHaveLength(1);
  expect(model.doStreamCalls[0]).toMatchObject({
    maxOutputTokens: 64,
    prompt: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ text: 'canary a' }] },
      { role: 'assistant', content: [{ text: 'canary b' }] },
      { role: 'user', content: [{ text: 'canary c' }] },
      { role: 'assistant', content: [{ text: 'canary d' }] },
      { role: 'user', content: [{ text: 'canary e' }] },
    ],
  });
});

it('omits the oldest turns of a history with too many characters', async () => {
  const model = modelThatSends(word('Hm.'), finish(3, 4));
  const past = ['a', 'b', 'c'].map((letter) => ({ content: letter.repeat(30), reply: letter.repeat(20) }));
  await deltasOf(botOf(model, { ...SETTINGS, historyCharacters: 120 })(turnOf('canary', past), never));
  const texts = model.doStreamCalls[0]?.prompt.slice(1).map(({ content }) => Object(content)[0].text);
  expect(texts).toEqual(['b'.repeat(30), 'b'.repeat(20), 'c'.repeat(30), 'c'.repeat(20), 'canary']);
});

it('loads no history if the limit is 0', async () => {
  const turn = turnOf('canary', [{ content: 'canary', reply: 'canary' }]);
  await deltasOf(botOf(modelThatSends(word('Hm.'), finish(3, 4)), { ...SETTINGS, historyMessages: 0 })(turn, never));
  expect(turn.limits).toEqual([]);
});

/** A token for every four bytes of the system prompt, the message and the reply. */
const ESTIMATE = Math.ceil('Be brief.canaryHm.'.length / 4);

it.each([
  ['both counts', 3, 4, [7]],
  ['one count', undefined, 4, [4]],
  ['no count', undefined, undefined, [ESTIMATE]],
  ['an infinite count', Number.POSITIVE_INFINITY, 4, [ESTIMATE]],
  ['a negative count', -30, 4, [ESTIMATE]],
])('with %s, reports the tokens once', async (_label, input, output, tokens) => {
  const turn = turnOf('canary');
  await deltasOf(botOf(modelThatSends(word('Hm.'), finish(input, output)))(turn, never));
  expect(turn.tokens).toEqual(tokens);
});

it('reports the tokens of a reply without text too', async () => {
  const turn = turnOf('canary');
  const reply = deltasOf(botOf(modelThatSends(finish(3, 4)))(turn, never));
  await expect(reply).rejects.toMatchObject({ name: 'ModelError', code: 'bot-unavailable', reason: 'empty' });
  expect(turn.tokens).toEqual([7]);
});

it.each<[string, unknown]>([
  ['an error', new Error('canary')],
  ['a string', 'canary'],
  ['an object', { message: 'canary' }],
])('throws if the stream reports a failure as %s', async (_label, error) => {
  const model = modelThatSends(word('Half a'), { type: 'error', error }, word('canary'), finish(3, 4));
  const reply = botOf(model)(turnOf('canary'), never)[Symbol.asyncIterator]();
  expect(await reply.next()).toMatchObject({ value: 'Half a' });
  await expect(reply.next()).rejects.toMatchObject({
    name: 'ModelError',
    message: expect.not.stringMatching('canary'),
  });
});

it('throws if the stream fails, or if there is none', async () => {
  const broken = new MockLanguageModelV4({
    doStream: async () => ({
      stream: new ReadableStream({ start: (controller) => controller.error(new Error('canary')) }),
    }),
  });
  const none = new MockLanguageModelV4({ doStream: () => Promise.reject(new Error('canary')) });
  for (const model of [broken, none]) {
    const reply = deltasOf(botOf(model)(turnOf('canary'), never));
    await expect(reply).rejects.toMatchObject({ name: 'ModelError', code: 'bot-unavailable', reason: 'Error' });
    expect(model.doStreamCalls).toHaveLength(2);
  }
});

it('rethrows an error of the store', async () => {
  const problem = new Problem('service-unavailable');
  const turn = { ...turnOf('canary'), history: () => Promise.reject(problem) };
  await expect(deltasOf(botOf(modelThatSends())(turn, never))).rejects.toBe(problem);
});

it('aborts the model, and emits nothing that has already arrived', async () => {
  const model = modelThatSends(word('Good'), word(' day'), word('!'), finish(3, 4));
  const aborting = new AbortController();
  const reply = botOf(model)(turnOf('canary'), aborting.signal)[Symbol.asyncIterator]();
  await reply.next();
  const reason = new Error('enough');
  aborting.abort(reason);
  await expect(reply.next()).rejects.toBe(reason);
  expect(model.doStreamCalls[0]?.abortSignal?.aborted).toBe(true);
});

it('aborts a stalled model', async () => {
  const model = modelThatStalls();
  const aborting = new AbortController();
  const reply = botOf(model)(turnOf('canary'), aborting.signal)[Symbol.asyncIterator]();
  await reply.next();
  const reason = new Error('enough');
  const next = expect(reply.next()).rejects.toBe(reason);
  aborting.abort(reason);
  await next;
});

it('aborts the model when the consumer leaves', async () => {
  const model = modelThatStalls();
  const reply = botOf(model)(turnOf('canary'), never)[Symbol.asyncIterator]();
  await reply.next();
  await reply.return?.();
  expect(model.doStreamCalls[0]?.abortSignal?.aborted).toBe(true);
});

it('prints neither errors nor warnings', async () => {
  const printed = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn'), vi.spyOn(process, 'emitWarning')];
  await deltasOf(botOf(modelThatSends(word('Hm.'), finish(3, 4)))(turnOf('canary'), never));
  const failing = modelThatSends({ type: 'error', error: new Error('canary') });
  await expect(deltasOf(botOf(failing)(turnOf('canary'), never))).rejects.toThrow();
  for (const print of printed) expect(print).not.toHaveBeenCalled();
});
