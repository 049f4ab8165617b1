/** Shutdown while a model replies: JSON requests complete, streams pause, and no text is lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { addressOf, onEmulators, source, startNode } from '../support/process/program.ts';
import { connect, loggedIn } from '../support/requests/client.ts';
import { openStream, textOf, typesOf } from '../support/requests/open-stream.ts';
import { deltaEvent, end, modelServer, stream } from '../support/servers/model-server.ts';

const WORDS = Array.from({ length: 30 }, (_, index) => `canary ${index} \u{1f600} `);
const TEXT = WORDS.join('');
const WORD_MS = 80;

/** Two servers with a model that takes seconds to reply. */
async function twoServers() {
  const { baseUrl } = await modelServer(async (res) => {
    stream(res);
    for (const word of WORDS) {
      res.write(deltaEvent(word));
      await sleep(WORD_MS);
    }
    res.end(end());
  });
  const env = { ...onEmulators(), BOT: 'openai-compatible', BOT_MODEL: 'm-1', BOT_BASE_URL: baseUrl };
  const start = () => startNode([source('main.ts')], { env });
  const [stopping, other] = [start(), start()];
  return { stopping, here: await addressOf(stopping), there: await addressOf(other) };
}

it('201 for a JSON send, a pause for a stream, and the other server streams the rest of the reply', async () => {
  const { stopping, here, there } = await twoServers();
  const ada = await loggedIn(here);
  const { id_conversation } = (await ada.call('POST', '/conversations', { json: {} })).body;
  const json = { content: 'canary' };
  const waiting = ada.call('POST', `/messages?id_conversation=${id_conversation}`, { json });
  const streamed = await openStream(ada, 'POST', '/messages', { json });
  await expect.poll(() => textOf(streamed.events), { timeout: 10_000 }).toContain('canary 3 ');

  stopping.signal('SIGTERM');
  await stopping.prints(/"draining"/);
  await streamed.ended;
  const paused = streamed.events.at(-1);
  const { id_message } = streamed.events[1].bot_response;
  expect(paused).toMatchObject({ type: 'stream-paused', id_message, retry: expect.any(Number) });
  const before = textOf(streamed.events);
  expect(TEXT.startsWith(before) && before.length < TEXT.length).toBe(true);

  const resumed = await openStream({ baseUrl: there, jar: ada.jar }, 'GET', `/messages/${id_message}/events`, {
    headers: { 'last-event-id': paused.id },
  });
  const { status, body } = await waiting;
  expect(status).toBe(201);
  expect(body.bot_response).toMatchObject({ content: TEXT, status: 'completed' });
  await resumed.ended;
  expect(before + textOf(resumed.events)).toBe(TEXT);
  expect(typesOf(resumed.events)).not.toContain('reply-started');
  expect(resumed.events.at(-1)).toMatchObject({
    type: 'reply-completed',
    bot_response: { id_message, content: TEXT, status: 'completed' },
  });
  expect(await stopping.ended).toMatchObject({ code: 0, stderr: '' });

  const client = connect(there);
  for (const [name, value] of ada.jar) client.jar.set(name, value);
  expect((await client.call('GET', '/messages')).body.messages).toEqual([
    resumed.events.at(-1).bot_response,
    streamed.events[0].user_message,
  ]);
  const inConversation = (await client.call('GET', `/messages?id_conversation=${id_conversation}`)).body.messages;
  expect(inConversation).toEqual([body.bot_response, body.user_message]);
});

it('201 for a send just after SIGTERM, whose reply gets its time', async () => {
  const { stopping, here } = await twoServers();
  const ada = await loggedIn(here);
  // An open connection, which a shutdown announces its end to.
  const stream = await openStream(ada, 'POST', '/messages', { json: { content: 'canary' } });
  stopping.signal('SIGTERM');
  await stopping.prints(/"draining"/);
  await ada.call('POST', `/messages/${stream.events[1].bot_response.id_message}/cancel`);
  const { id_conversation } = (await ada.call('POST', '/conversations', { json: {} })).body;
  const json = { content: 'canary' };
  const { status, body } = await ada.call('POST', `/messages?id_conversation=${id_conversation}`, { json });
  expect(status).toBe(201);
  expect(body.bot_response).toMatchObject({ content: TEXT, status: 'completed' });
  expect(await stopping.ended).toMatchObject({ code: 0, stderr: '' });
});
