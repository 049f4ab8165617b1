/** Failures of a model's server, each of which ends the reply and affects nothing else. */
import type { ServerResponse } from 'node:http';
import { setInterval as every } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { never, turnOf } from '../../../core/test/support/bot-turns.ts';
import { createBot } from '../../src/bot/create-bot.ts';
import {
  deltaEvent,
  end,
  event,
  flood,
  modelServer,
  type Script,
  status,
  stream,
} from '../support/servers/model-server.ts';

const SETTINGS = {
  model: 'm-1',
  apiKey: undefined,
  systemPrompt: undefined,
  historyMessages: 20,
  historyCharacters: 16_000,
  maxOutputTokens: 64,
};
const LIMITS = { firstPartMs: 300, idleMs: 300, totalMs: 700 };
const PATIENT = { firstPartMs: 10_000, idleMs: 10_000, totalMs: 10_000 };

/** The text of a reply, and its token counts or error. */
async function replyOf(script: Script, timeLimits = PATIENT, signal = never) {
  const { baseUrl } = await modelServer(script);
  const turn = turnOf('canary');
  let text = '';
  try {
    const bot = createBot({ kind: 'openai-compatible', baseUrl, timeLimits, ...SETTINGS }, { codePoints: 100_000 });
    for await (const delta of bot(turn, signal)) text += delta;
    return { text, tokens: turn.tokens };
  } catch (error) {
    return { text, error };
  }
}

it.each<[string, Script, string]>([
  ['never responds', () => undefined, 'first part'],
  ['sends only headers', (res) => stream(res), ''],
  ['sends only comments', (res) => keepSending(stream(res), ': still here\n\n'), 'total'],
  ['never stops reasoning', (res) => keepSending(stream(res), reasoning('hm')), 'total'],
  ['stalls', (res) => stream(res, deltaEvent('Well')), 'idle'],
  ['never stops', (res) => keepSending(stream(res), deltaEvent('la ')), 'total'],
])('a model that %s exceeds the time limit', async (_label, script, code) => {
  const { error } = await replyOf(script, LIMITS);
  expect(error).toMatchObject({ name: 'BotTimeoutError', code: expect.stringContaining(code) });
});

const reasoning = (reasoning_content: string) => event({ choices: [{ index: 0, delta: { reasoning_content } }] });

async function keepSending(res: ServerResponse, text: string): Promise<void> {
  for await (const _ of every(20)) {
    if (res.destroyed) return;
    res.write(text);
  }
}

it.each<[string, Script, string]>([
  ['rejects the key', status(401, '{"error":{"message":"canary"}}'), 'HTTP 401'],
  ['rejects the request in HTML', status(400, '<html>canary'), 'HTTP 400'],
  ['rejects the request without a body', status(404, ''), 'HTTP 404'],
  ['responds with a page', (res) => res.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>canary'), ''],
  ['responds with 204', (res) => res.writeHead(204).end(), ''],
  ['sends invalid JSON', (res) => stream(res, 'data: {canary\n\n', end()).end(), ''],
  ['sends unexpected JSON', (res) => stream(res, 'data: {"canary":1}\n\n', end()).end(), ''],
  ['sends deeply nested JSON', (res) => stream(res, `data: ${'['.repeat(200_000)}\n\n`, end()).end(), ''],
  ['sends random bytes', (res) => stream(res, Buffer.from([0xff, 0xfe, 0, 10, 10, 0xc3])).end(), ''],
  ['sends an error', (res) => stream(res, event('{"error":{"message":"canary","code":"CANARY spoke"}}')).end(), ''],
  ['sends no text', (res) => stream(res, end()).end(), 'empty'],
  ['sends only whitespace', (res) => stream(res, deltaEvent(' \n'), deltaEvent('\t'), end()).end(), 'empty'],
  ['sends only reasoning', (res) => stream(res, reasoning('canary'), end()).end(), 'empty'],
])('a model that %s fails', async (_label, script, code) => {
  const { error } = await replyOf(script);
  expect(error).toMatchObject({ name: 'ModelError', reason: expect.stringContaining(code) });
  expect(detailsOf(error)).not.toMatch(/canary/i);
});

/** Everything that an error could reveal. */
const detailsOf = (error: unknown): string =>
  error instanceof Error ? [error.message, JSON.stringify(error), String(error.cause)].join() : String(error);

it.each<[string, Script]>([
  ['closes the connection', (res) => stream(res, deltaEvent('Half a')).write(' ', () => res.destroy())],
  ['sends no finish reason', (res) => stream(res, deltaEvent('Half a')).end()],
  ['sends an error', (res) => stream(res, deltaEvent('Half a'), event('{"error":{"message":"canary"}}')).end()],
  ['sends invalid JSON', (res) => stream(res, deltaEvent('Half a'), 'data: canary\n\n', end()).end()],
])('a model that %s during its reply causes an error after the text so far', async (_label, script) => {
  expect(await replyOf(script)).toMatchObject({ text: 'Half a', error: { name: 'ModelError' } });
});

it.each<[string, Script, string]>([
  ['a character in two packets', (res) => inHalves(res, deltaEvent('für 😀!')), 'für 😀!'],
  ['a character in two deltas', (res) => stream(res, deltaEvent('\ud83d'), deltaEvent('\ude00'), end()).end(), '😀'],
  ['half a surrogate pair', (res) => stream(res, deltaEvent('a\ud83d'), deltaEvent('b'), end()).end(), 'a\ufffdb'],
  ['half a surrogate pair at the end', (res) => stream(res, deltaEvent('a\ud83d'), end()).end(), 'a\ufffd'],
  ['bytes that are not UTF-8', (res) => stream(res, latin1(deltaEvent('für')), end()).end(), 'f\ufffdr'],
])('%s becomes well-formed text', async (_label, script, text) => {
  expect(await replyOf(script)).toMatchObject({ text });
});

const latin1 = (text: string) => Buffer.from(text, 'latin1');

async function inHalves(res: ServerResponse, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const middle = bytes.indexOf(Buffer.from('😀')) + 2;
  stream(res, bytes.subarray(0, middle));
  await new Promise((resolve) => setTimeout(resolve, 30));
  res.end(Buffer.concat([bytes.subarray(middle), Buffer.from(end())]));
}

it.each<[string, Record<string, number>]>([
  ['no token counts', {}],
  ['a negative token count', { prompt_tokens: -900, completion_tokens: 1 }],
  ['a fractional token count', { prompt_tokens: 1.5, completion_tokens: 1 }],
])('an estimate is charged for a model that reports %s', async (_label, usage) => {
  expect(await replyOf((res) => stream(res, deltaEvent('Hm.'), end(usage)).end())).toEqual({
    text: 'Hm.',
    tokens: [Math.ceil('canaryHm.'.length / 4)],
  });
});

const MEGABYTE = 1_000_000;

it.each<[string, string]>([
  ['a single line', 'data: '],
  ['a single delta', 'data: {"id":"c","choices":[{"index":0,"delta":{"content":"'],
  ['unknown data', ''],
])('50 MB of %s are cut off, and not buffered', async (_label, prefix) => {
  const before = memoryUse();
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, memoryUse());
  }, 5);
  let sent = 0;
  const script: Script = (res) => flood(res, 200, prefix, (bytes) => (sent += bytes));
  const replies = await Promise.all(Array.from({ length: 6 }, () => replyOf(script)));
  clearInterval(sampling);

  for (const { error } of replies) expect(error).toMatchObject({ name: 'ModelError', reason: 'too long' });
  // Data in transit on the six connections counts as sent.
  expect(sent).toBeLessThan(6 * 15 * MEGABYTE);
  expect(peak - before).toBeLessThan(100 * MEGABYTE);
});

it('50 MB of an error are cut off too', async () => {
  let sent = 0;
  const { error } = await replyOf((res) => flood(res, 400, '{"error":"', (bytes) => (sent += bytes)));
  expect(error).toMatchObject({ name: 'ModelError', reason: 'HTTP 400' });
  expect(sent).toBeLessThan(15 * MEGABYTE);
});

function memoryUse(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
