/** The model fails, and clients disconnect or stop reading while it replies. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { faultRow } from '../support/faults/fault-row.ts';
import { megabytes, milliseconds, seconds, timed } from '../support/faults/figures.ts';
import { expectUnavailable, HUNG_MS } from '../support/faults/outage.ts';
import { thoughtful, WORDS } from '../support/faults/product.ts';
import type { User } from '../support/faults/user.ts';
import { textOf, typesOf } from '../support/requests/open-stream.ts';
import { deltaEvent, end, flood, type Script, status, stream } from '../support/servers/model-server.ts';

const IMPATIENT = { BOT_FIRST_PART_SECONDS: '1', BOT_IDLE_SECONDS: '1' };

/** The newest message of the user's default conversation, which is a reply. */
const lastReply = async ({ call }: User) => (await call('GET', '/messages?limit=1')).body.messages?.[0];

faultRow(
  'F8',
  {
    fault: 'The model returns 500 or 429, or never responds',
    criterion: '503; the message is stored and its reply `failed`; the same key then gets 201 with the same ids',
  },
  async (open) => {
    const product = await open({ bot: 'model', environment: IMPATIENT });
    const { user: ada } = await product.start();
    const scripts: Script[] = [status(500), status(429, '{}', { 'retry-after': '7' }), () => undefined];
    const timesMs: number[] = [];
    for (const script of scripts) {
      const send = { key: randomUUID(), content: `canary ${randomUUID()}` };
      product.model.respond(script);
      const { ms, result } = await timed(() => ada.send(send));
      expectUnavailable(result, 'bot-unavailable');
      timesMs.push(ms);
      const failed = await lastReply(ada);
      expect(failed).toMatchObject({ is_bot: true, status: 'failed', content: '' });
      product.model.respond(thoughtful);
      const repeated = await ada.send(send);
      expect(repeated.status).toBe(201);
      const { bot_response, user_message } = repeated.body;
      expect([bot_response.id_message, bot_response.status]).toEqual([failed.id_message, 'completed']);
      expect(user_message.id_message).toBe(failed.reply_to);
    }
    return `503 after ${timesMs.map(seconds).join(', ')}, then 201`;
  },
);

faultRow(
  'F9',
  {
    fault: 'The model stops in the middle of its reply',
    criterion:
      '`reply-failed` after the idle limit; the text so far is stored, and the connection to the model is closed',
  },
  async (open) => {
    const product = await open({ bot: 'model', environment: IMPATIENT });
    const { user: ada } = await product.start();
    product.model.respond((res) => stream(res, deltaEvent('Half a ')));
    const seen = await ada.stream();
    await expect.poll(() => textOf(seen.events), { timeout: HUNG_MS }).toBe('Half a ');
    const { ms } = await timed(() => seen.ended);
    expect(typesOf(seen.events).at(-1)).toBe('reply-failed');
    expect(await lastReply(ada)).toMatchObject({ status: 'failed', content: 'Half a ' });
    await product.model.requests.at(-1)?.closed;
    return `\`reply-failed\` ${seconds(ms)} after the last delta, with an idle limit of 1 s`;
  },
);

faultRow(
  'F10',
  {
    fault: 'The model sends invalid JSON, split characters, 50 MB, no end event, or HTML',
    criterion: 'each reply is complete or `failed`, and buffers are limited',
  },
  async (open) => {
    const product = await open({ bot: 'model', environment: { ...IMPATIENT, BOT_MAX_OUTPUT_TOKENS: '4096' } });
    const { user: ada } = await product.start();
    let read = 0;
    const onRead = (bytes: number) => {
      read += bytes;
    };
    const split = Buffer.from(deltaEvent('für 😀!'));
    const scripts: [Script, string][] = [
      [(res) => stream(res, 'data: {canary\n\n', end()).end(), 'failed'],
      [(res) => stream(res, deltaEvent('Half a'), 'data: canary\n\n', end()).end(), 'failed'],
      [(res) => stream(res, deltaEvent('Half a')).end(), 'failed'],
      [(res) => res.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>canary'), 'failed'],
      [(res) => stream(res, Buffer.from([0xff, 0xfe, 0, 10, 10, 0xc3])).end(), 'failed'],
      [(res) => flood(res, 200, 'data: ', onRead), 'failed'],
      [(res) => flood(res, 200, 'data: {"id":"c","choices":[{"index":0,"delta":{"content":"', onRead), 'failed'],
      [
        async (res) => {
          stream(res, split.subarray(0, -8));
          await sleep(50);
          res.end(Buffer.concat([split.subarray(-8), Buffer.from(end())]));
        },
        'completed',
      ],
    ];
    for (const [script, expected] of scripts) {
      product.model.respond(script);
      await ada.send();
      expect((await lastReply(ada)).status).toBe(expected);
    }
    expect((await lastReply(ada)).content).toBe('für 😀!');
    // Of two floods of 50 MB, with what is in transit.
    expect(read).toBeLessThan(30_000_000);
    return `${scripts.length} kinds of garbage; ${megabytes(read)} of 100 MB were read`;
  },
);

faultRow(
  'F11',
  {
    fault: 'The client disconnects in the middle of a stream',
    criterion: 'the reply is completed and stored; its stream and slot are released',
  },
  async (open) => {
    const product = await open({ bot: 'model' });
    const { user: ada } = await product.start();
    const seen = await ada.stream();
    await expect.poll(() => textOf(seen.events), { timeout: HUNG_MS, interval: 10 }).toContain(WORDS[0]);
    const left = timed(() =>
      expect
        .poll(() => lastReply(ada), { timeout: HUNG_MS })
        .toMatchObject({ status: 'completed', content: WORDS.join('') }),
    );
    seen.leave();
    await seen.ended.catch(() => undefined);
    return `complete ${milliseconds((await left).ms)} after the disconnect`;
  },
);

const READERS_PER_USER = 3;
const USERS = 17;
const DELTA = '😀'.repeat(31);
const DELTAS = 1000;

faultRow(
  'F12',
  {
    fault: `${USERS * READERS_PER_USER} clients stop reading their streams`,
    criterion: 'every reply is completed; the server does not buffer for the clients; their streams are released',
  },
  async (open) => {
    const product = await open({ bot: 'model' });
    const server = await product.start();
    product.model.respond(async (res) => {
      stream(res);
      for (let count = 0; count < DELTAS; count += 1) {
        res.write(deltaEvent(DELTA));
        if (count % 10 === 0) await sleep(20);
      }
      res.end(end());
    });
    const users = await Promise.all(Array.from({ length: USERS }, () => product.newUser(server)));
    const { liveBytes: before } = await server.vitals();
    const sent = timed(() => Promise.all(users.map((user) => user.send())));
    const readers = await Promise.all(users.map((user) => stalledReaders(server.baseUrl, user)));
    const { ms, result } = await sent;
    for (const { status: code, body } of result)
      expect([code, body.bot_response.content.length]).toEqual([201, DELTA.length * DELTAS]);
    const { liveBytes } = await server.vitals();
    for (const reader of readers.flat()) reader.destroy();
    expect(liveBytes - before).toBeLessThan(20_000_000);
    return `${USERS} × 201 after ${seconds(ms)}; +${megabytes(liveBytes - before)} while they do not read`;
  },
);

/** Follows the reply in progress on connections that are never read. */
async function stalledReaders(baseUrl: string, user: User) {
  await expect
    .poll(async () => (await lastReply(user))?.status, { timeout: HUNG_MS })
    .toBeOneOf(['pending', 'streaming']);
  const { id_message } = await lastReply(user);
  const headers = { cookie: [...user.jar].map((pair) => pair.join('=')).join('; ') };
  return Promise.all(
    Array.from({ length: READERS_PER_USER }, async () => {
      const sent = request(`${baseUrl}/messages/${id_message}/events`, { agent: false, headers }).end();
      const [response] = await once(sent, 'response');
      expect(response.statusCode).toBe(200);
      response.on('error', () => undefined).pause();
      return sent;
    }),
  );
}
