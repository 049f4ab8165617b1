/** How failures of a model's provider reach clients, the log and the quota. */
import { readFile } from 'node:fs/promises';
import { expect, inject, it } from 'vitest';
import { type Client, connect, loggedIn } from '../support/requests/client.ts';
import { openStream, typesOf } from '../support/requests/open-stream.ts';
import {
  deltaEvent,
  end,
  modelServer,
  replyWith,
  type Script,
  status,
  stream,
} from '../support/servers/model-server.ts';
import { startServer, testDeps } from '../support/servers/server.ts';

/** A user of a server whose model responds with these scripts, one after the other. */
async function userOf(...scripts: Script[]) {
  const { baseUrl, requests } = await modelServer(...scripts);
  const environment = {
    BOT: 'openai-compatible',
    BOT_MODEL: 'm-1',
    BOT_BASE_URL: baseUrl,
    QUOTA_MESSAGES_PER_DAY: '10',
    QUOTA_TOKENS_PER_DAY: '100000',
  };
  const ada = await loggedIn(await startServer(testDeps(environment)));
  return { ada, requests, environment };
}

const send = (ada: Client, content = 'canary') => ada.call('POST', '/messages', { json: { content } });
const usageOf = async (ada: Client) => {
  const { messages, tokens } = (await ada.call('GET', '/users/me/usage')).body;
  return [messages.used, tokens.used];
};
const rejection = (code: number, error: object) => status(code, JSON.stringify({ error }), {});

it('a permanent rejection is 502 without Retry-After, stored, the same on another server, and logged', async () => {
  const { ada, environment } = await userOf(rejection(404, { message: 'canary secret', code: 'model_not_found' }));
  const { status: code, headers, body } = await send(ada);
  expect([code, body.code, headers.get('retry-after')]).toEqual([502, 'bot-misconfigured', null]);
  const [reply, message] = (await ada.call('GET', '/messages')).body.messages;
  expect([reply.status, reply.content, message.content]).toEqual(['failed', '', 'canary']);
  expect(reply).not.toHaveProperty('problem');

  const there = await startServer(testDeps(environment));
  const seen = await openStream({ baseUrl: there, jar: ada.jar }, 'GET', `/messages/${reply.id_message}/events`);
  await seen.ended;
  expect(seen.events.at(-1)).toMatchObject({
    type: 'reply-failed',
    problem: { code: 'bot-misconfigured', status: 502 },
  });

  const lines = (await readFile(inject('logFile'), 'utf8')).split('\n').filter((line) => line.includes('bot failed'));
  const entry = lines.map((line) => JSON.parse(line)).find((each) => each.code === 'model_not_found');
  expect(entry).toMatchObject({ model: 'm-1', status: 404, reason: 'ModelError HTTP 404' });
});

it('a permanent rejection of a streamed send is reported in its last event', async () => {
  const { ada } = await userOf(rejection(401, { message: 'canary' }));
  const seen = await openStream(ada, 'POST', '/messages', { json: { content: 'canary' } });
  await seen.ended;
  expect(typesOf(seen.events)).toEqual(['message-created', 'reply-started', 'reply-failed']);
  expect(seen.events.at(-1).problem).toMatchObject({ code: 'bot-misconfigured', status: 502 });
});

it('a failed, a cancelled and a deleted reply leave a conversation whose roles alternate', async () => {
  const { ada, requests } = await userOf(
    replyWith('One.'),
    rejection(401, {}),
    (res) => stream(res),
    replyWith('Two.'),
    replyWith('Three.'),
  );
  await send(ada, 'canary 1');
  await send(ada, 'canary 2');
  const seen = await openStream(ada, 'POST', '/messages', { json: { content: 'canary 3' } });
  const id =
    seen.events[0]?.user_message.id_reply ?? (await ada.call('GET', '/messages?limit=1')).body.messages[0].id_message;
  await ada.call('POST', `/messages/${id}/cancel`);
  await seen.ended;
  const { bot_response } = (await send(ada, 'canary 4')).body;
  await ada.call('DELETE', `/messages/${bot_response.id_message}`);
  expect((await send(ada, 'canary 5')).status).toBe(201);
  expect(requests.at(-1)?.body.messages).toEqual([
    { role: 'user', content: 'canary 1' },
    { role: 'assistant', content: 'One.' },
    { role: 'user', content: 'canary 5' },
  ]);
});

it('a message that is too long for the model is 422, and the next one gets a reply', async () => {
  const tooLong = rejection(400, { code: 'context_length_exceeded', message: 'canary' });
  const { ada } = await userOf(tooLong, tooLong, replyWith('Here.'));
  const { status: code, body } = await send(ada);
  expect([code, body.code]).toEqual([422, 'message-too-long']);
  expect((await send(ada)).status).toBe(201);
});

it('the finish reason is in the reply, the end event and lists, and is removed by a new generation', async () => {
  const cut: Script = (res) => stream(res, deltaEvent('Half a'), end({ prompt_tokens: 1 }, 'length')).end();
  const { ada } = await userOf(cut, cut, replyWith('Whole.'));
  const { bot_response } = (await send(ada)).body;
  expect(bot_response).toMatchObject({ status: 'completed', content: 'Half a', finish_reason: 'length' });
  const seen = await openStream(ada, 'POST', '/messages', { json: { content: 'canary' } });
  await seen.ended;
  expect(seen.events.at(-1)).toMatchObject({ type: 'reply-completed', bot_response: { finish_reason: 'length' } });
  expect((await ada.call('GET', '/messages?limit=1')).body.messages[0].finish_reason).toBe('length');
  const path = `/messages/${bot_response.id_message}/regenerate`;
  expect((await ada.call('POST', path)).body.bot_response.finish_reason).toBe('stop');
});

it('a filtered prompt is a completed reply without text', async () => {
  const { ada } = await userOf(rejection(400, { code: 'content_filter', message: 'canary' }));
  const { status: code, body } = await send(ada);
  expect(code).toBe(201);
  expect(body.bot_response).toMatchObject({ content: '', status: 'completed', finish_reason: 'content-filter' });
});

it('a rate limit before the first delta is not charged, and its Retry-After is forwarded', async () => {
  const { ada } = await userOf(status(429, '{}', { 'retry-after': '7' }));
  const { status: code, body, headers } = await send(ada);
  expect([code, body.code, headers.get('retry-after')]).toEqual([503, 'bot-unavailable', '7']);
  expect(await usageOf(ada)).toEqual([0, 0]);
});

it('usage that the provider does not report is estimated, also of a cancelled reply', async () => {
  const { ada } = await userOf(
    (res) => stream(res, deltaEvent('Hm.'), end()).end(),
    (res) => stream(res, deltaEvent('Half a')),
  );
  await send(ada);
  const first = Math.ceil('canaryHm.'.length / 4);
  expect(await usageOf(ada)).toEqual([1, first]);

  const seen = await openStream(ada, 'POST', '/messages', { json: { content: 'canary' } });
  await expect.poll(() => typesOf(seen.events)).toContain('reply-delta');
  await ada.call('POST', `/messages/${seen.events[1].bot_response.id_message}/cancel`);
  await seen.ended;
  expect(await usageOf(ada)).toEqual([2, first + Math.ceil('canaryHm.canaryHalf a'.length / 4)]);
});

it('a reply that is cut off has status failed and keeps its text', async () => {
  const { ada } = await userOf((res) => stream(res, deltaEvent('Half a')).write(' ', () => res.destroy()));
  expect((await send(ada)).status).toBe(503);
  expect((await connect(ada.baseUrl).call('GET', '/health')).status).toBe(200);
  expect((await ada.call('GET', '/messages?limit=1')).body.messages[0]).toMatchObject({
    status: 'failed',
    content: 'Half a',
  });
});
